"""Transactions that were begun on a day whose cap nobody used, and activate leads after midnight: the new day's cap."""

from datetime import timedelta

DAY = "select local_day(clock_timestamp(), timezone) from campaigns"
ACTIVATE_ONE = (
    "update leads set campaign_status = 'active'"
    " where id = (select id from leads where campaign_status = 'queued' order by id limit 1)"
)


def begin_the_next_day_soon(db):
    """Gives the campaign a zone whose midnight is one to two seconds away, and returns it in UTC."""
    midnight = db.value("select date_trunc('second', clock_timestamp() at time zone 'UTC')") + timedelta(seconds=2)
    since = timedelta(hours=midnight.hour, minutes=midnight.minute, seconds=midnight.second)
    # POSIX counts west of Greenwich: where it is later than in Greenwich the sign is a minus
    zone = f"<x>+{since}" if since < timedelta(hours=12) else f"<x>-{timedelta(days=1) - since}"
    db.execute("update campaigns set timezone = %s", (zone,))
    return midnight


def test_leads_that_are_activated_after_midnight_count_on_the_new_day(clone, connect):
    clone.leads(7, status="queued")
    clone.execute(
        "update campaigns set daily_cap = 5, feed_days = '{1,2,3,4,5,6,7}', feed_at = '00:00', catch_up_until = '24:00'"
    )
    feeder, owner, service = connect(), connect(), connect("pipeline_writer")
    for held in (feeder, owner, service):
        held.execute("begin")
        held.execute("select now()")  # their time stands still from here on
    midnight = begin_the_next_day_soon(clone)
    free_day = clone.value(DAY)
    clone.execute("select pg_sleep_until(%s::timestamp at time zone 'UTC')", (midnight,))
    new_day = clone.value(DAY)
    assert new_day == free_day + timedelta(days=1)

    clone.execute(ACTIVATE_ONE)
    for held in (owner, service):
        held.execute(ACTIVATE_ONE)
        held.execute("commit")
    fed = feeder.one("select (f).day, (f).status, (f).fed from feed_campaign() as f")
    feeder.execute("commit")

    assert fed == (new_day, "fed", 2)
    assert clone.rows("select day, fed, cap from campaign_days where fed > 0") == [(new_day, 5, 5)]
    with clone.refused("PF082"):
        clone.execute(ACTIVATE_ONE)
