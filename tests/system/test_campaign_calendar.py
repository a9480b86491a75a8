"""Which campaign feeds whom, and when: zone, days, hours, holidays, pause, order, several campaigns."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

ZONES = ["America/Los_Angeles", "America/New_York", "Pacific/Honolulu", "Europe/London", "Asia/Kolkata"]
MONDAY, THURSDAY = 0, 3


def nth(year: int, month: int, weekday: int, n: int) -> date:
    """The nth such weekday of a month; the last for -1."""
    days = [date(year, month, 1) + timedelta(days=k) for k in range(31)]
    return [day for day in days if day.month == month and day.weekday() == weekday][n - 1 if n > 0 else n]


def federal_holidays(year: int) -> set[date]:
    """5 U.S.C. 6103, with the working day on which one that falls on a weekend is kept."""
    fixed = {date(year, month, day) for month, day in ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))}
    fixed.add(date(year + 1, 1, 1))  # kept in December when it is a Saturday
    kept = {day - timedelta(days=1) for day in fixed if day.weekday() == 5}
    kept |= {day + timedelta(days=1) for day in fixed if day.weekday() == 6}
    moving = {
        nth(year, 1, MONDAY, 3), nth(year, 2, MONDAY, 3), nth(year, 5, MONDAY, -1), nth(year, 9, MONDAY, 1),
        nth(year, 10, MONDAY, 2), nth(year, 11, THURSDAY, 4),
    }  # fmt: skip
    return {day for day in fixed | kept | moving if day.year == year}


def test_the_federal_holidays_of_many_years_are_there_and_no_campaign_keeps_them_unasked(db):
    known = {row.day for row in db.rows("select day from holidays")}

    for year in range(2024, 2036):
        working = {day for day in federal_holidays(year) if day.weekday() < 5}
        assert {day for day in known if day.year == year and day.weekday() < 5} == working
    db.execute("insert into campaigns (name) values ('second')")
    assert db.value("select bool_or(skip_holidays) from campaigns") is False


@given(
    zone=st.sampled_from(ZONES),
    days=st.sets(st.integers(1, 7)),
    feed_at=st.times(max_value=time(22)).map(lambda t: t.replace(second=0, microsecond=0)),
    minutes=st.integers(1, 119),
    skip_holidays=st.booleans(),
    paused=st.booleans(),
    moment=st.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 31), timezones=st.just(ZoneInfo("UTC"))),
    near=st.sampled_from([None, -1, 0, 1]),
)
def test_a_campaign_feeds_by_the_calendar_of_its_own(
    db, clock, zone, days, feed_at, minutes, skip_holidays, paused, moment, near
):
    until = (datetime.combine(date.min, feed_at) + timedelta(minutes=minutes)).time()
    if near is not None:  # a minute around the time at which it is due
        day = moment.astimezone(ZoneInfo(zone)).date()
        due = datetime.combine(day, feed_at, ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))
        moment = due + timedelta(minutes=near)
    clock.now = moment
    local = moment.astimezone(ZoneInfo(zone))

    with db.undone():
        db.leads(1, status="queued")
        db.execute(
            "update campaigns set timezone = %s, feed_days = %s, feed_at = %s, catch_up_until = %s,"
            " skip_holidays = %s, paused = %s",
            (zone, sorted(days), feed_at, until, skip_holidays, paused),
        )
        result = db.feed()

    if paused:
        assert result.status == "paused"
    elif local.isoweekday() not in days:
        assert result.status == "not_due"
    elif not feed_at <= local.time() < until:
        assert result.status in ("not_due", "holiday")
    elif skip_holidays and local.date() in federal_holidays(local.year):
        assert result.status == "holiday"
    else:
        assert (result.status, result.day) == ("fed", local.date())


def test_a_pause_feeds_nobody_and_its_end_those_who_waited(db, clock):
    db.leads(3, status="queued")

    db.execute("update campaigns set paused = true")
    assert (db.feed().status, db.feed().fed) == ("paused", 0)
    db.execute("update campaigns set paused = false")
    assert db.feed().fed == 3


def test_each_campaign_has_its_own_cap_on_a_day_of_its_own_zone(db, clock):
    db.execute(
        "insert into campaigns (name, daily_cap, timezone, feed_at, catch_up_until)"
        " values ('east', 2, 'Asia/Kolkata', '00:00', '23:59')"
    )
    db.leads(5, status="queued")
    db.leads(5, status="queued", campaign="east")
    db.execute("update campaigns set daily_cap = 3 where name = 'default'")
    clock.set("2026-03-09 11:45")  # 00:15 of the 10th in Kolkata

    west, east = db.feed(), db.feed("east")

    assert (west.fed, str(west.day)) == (3, "2026-03-09")
    assert (east.fed, str(east.day)) == (2, "2026-03-10")


def test_two_campaigns_that_queue_at_once_share_the_leads_and_none_is_in_both(clone, connect):
    clone.execute("insert into campaigns (name) values ('second')")
    clone.leads(40)
    first, second = connect(), connect()

    with first.transaction():
        assert first.value("select queue_leads('default', 15)") == 15
        second.execute("set lock_timeout = '5s'")
        assert second.value("select queue_leads('second', 100)") == 25

    queued = "select c.name, count(*) from leads as l join campaigns as c on c.id = l.campaign_id group by 1 order by 1"
    assert [tuple(row) for row in clone.rows(queued)] == [("default", 15), ("second", 25)]
    assert clone.value("select queue_leads('second')") == 0


@given(
    leads=st.lists(
        st.tuples(st.none() | st.integers(0, 3), st.dates(date(2026, 1, 1), date(2026, 1, 4))), min_size=1, max_size=12
    ),
    cap=st.integers(1, 12),
)
def test_the_feed_takes_the_best_score_then_the_oldest_then_the_lowest_id(db, clock, leads, cap):
    with db.undone():
        db.execute("update campaigns set daily_cap = %s", (cap,))
        ids = db.leads(len(leads), status="queued")
        for lead, (score, created) in zip(ids, leads, strict=True):
            db.execute("update leads set lead_score = %s, created_at = %s where id = %s", (score, created, lead))

        db.feed()

        known = zip(ids, leads, strict=True)
        order = sorted((1 if score is None else -score, created, lead) for lead, (score, created) in known)
        fed = {row.id for row in db.rows("select id from leads where campaign_status = 'active'")}
        assert fed == {lead for _, _, lead in order[:cap]}


def test_the_feed_looks_at_the_lead_as_it_is_and_not_as_it_was_at_the_last_refresh(clone, clock):
    stopped, fine = clone.leads(2, status="queued")
    clone.execute("call refresh_contactable_leads()")
    (newer,) = clone.leads(1, status="queued")
    clone.execute("update leads set consent = false where id = %s", (stopped,))

    assert clone.feed().fed == 2

    assert {row.id for row in clone.rows("select id from leads where campaign_status = 'active'")} == {fine, newer}
