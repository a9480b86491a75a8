from zoneinfo import ZoneInfo

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st


def ledger(db):
    return [(str(row.day), row.fed, row.cap) for row in db.rows("select day, fed, cap from campaign_days order by day")]


def activate(db, leads, when=None):
    db.execute(
        "update leads set campaign_status = 'active', campaign_status_at = coalesce(%s, campaign_status_at)"
        " where id = any(%s)",
        (when, leads),
    )


def test_a_lead_that_becomes_active_is_counted_on_the_campaign_s_day(db, clock):
    leads = db.leads(2, status="queued")

    activate(db, leads, clock.set("2026-03-08 23:59"))  # already the 9th in UTC

    assert ledger(db) == [("2026-03-08", 2, 250)]
    assert db.value("select bool_and(added_to_campaign_at = %s) from leads", clock.now)


def test_a_pause_neither_counts_again_nor_moves_the_time(db, clock):
    leads = db.leads(1, status="queued")
    activate(db, leads, clock.set("2026-03-09 06:00"))

    db.execute("update leads set campaign_status = 'paused'")
    activate(db, leads, clock.set("2026-03-10 06:00"))

    assert ledger(db) == [("2026-03-09", 1, 250)]


def test_a_lead_that_was_paused_before_it_was_ever_active_is_counted_when_it_becomes_so(db, clock):
    leads = db.leads(1, status="queued")
    db.execute("update leads set campaign_status = 'paused'")

    activate(db, leads, clock.now)

    assert [fed for _, fed, _ in ledger(db)] == [1]


def test_the_one_too_many_is_refused_with_the_cap_and_the_day(db, clock):
    db.execute("update campaigns set daily_cap = 2")
    leads = db.leads(3, status="queued")
    activate(db, leads[:2], clock.now)

    with db.refused("PF082"):
        activate(db, leads[2:], clock.now)

    activate(db, leads[2:], clock.move(days=1))
    assert [fed for _, fed, _ in ledger(db)] == [2, 1]


def test_a_cap_of_nothing_lets_nobody_in(db, clock):
    db.execute("update campaigns set daily_cap = 0")

    with db.refused("PF082"):
        activate(db, db.leads(1, status="queued"), clock.now)


def test_a_cap_raised_at_noon_lets_more_in_and_a_lowered_one_fewer(db, clock):
    leads = db.leads(5, status="queued")
    db.execute("update campaigns set daily_cap = 2")
    activate(db, leads[:2], clock.now)

    db.execute("update campaigns set daily_cap = 3")
    activate(db, leads[2:3], clock.now)
    db.execute("update campaigns set daily_cap = 1")
    with db.refused("PF082"):
        activate(db, leads[3:4], clock.now)

    assert ledger(db) == [("2026-03-09", 3, 3)]


def test_a_time_given_by_hand_does_not_get_past_the_ledger(db, clock):
    db.execute("update campaigns set daily_cap = 1")
    leads = db.leads(2, status="queued")
    by_hand = "update leads set campaign_status = 'active', added_to_campaign_at = now() where id = any(%s)"

    with db.refused("PF085"):
        db.execute(by_hand, (leads,))
    activate(db, leads[:1], clock.now)
    with db.refused("PF085"):
        db.execute("update leads set added_to_campaign_at = null where id = %s", (leads[0],))


def test_the_ledger_itself_refuses_more_than_the_cap(db, clock):
    activate(db, db.leads(1, status="queued"), clock.now)

    with pytest.raises(psycopg.errors.CheckViolation, match="campaign_days_cap"), db.transaction():
        db.execute("update campaign_days set fed = cap + 1")


@pytest.mark.parametrize("isolation", ["read committed", "repeatable read", "serializable"])
def test_two_updates_by_hand_at_once_do_not_pass_the_cap_together(clone, connect, isolation):
    clone.execute("update campaigns set daily_cap = 1")
    one, other = clone.leads(2, status="queued")
    first, second = connect(), connect()
    update = "update leads set campaign_status = 'active' where id = %s"
    second.execute(f"set default_transaction_isolation = '{isolation}'")

    with first.transaction():
        first.execute(update, (one,))
        waiting = second.in_background(update, other).wait_until_blocked(clone)
    with pytest.raises(psycopg.Error) as refused:
        waiting.result()

    assert refused.value.sqlstate in ("PF082", "40001")
    assert clone.value("select fed from campaign_days") == 1


def test_a_cap_that_is_being_lowered_is_waited_for(clone, connect):
    (lead,) = clone.leads(1, status="queued")
    owner, by_hand = connect(), connect()

    with owner.transaction():
        owner.execute("update campaigns set daily_cap = 0")
        waiting = by_hand.in_background(
            "update leads set campaign_status = 'active' where id = %s", lead
        ).wait_until_blocked(clone)
    with pytest.raises(psycopg.Error) as refused:
        waiting.result()

    assert refused.value.sqlstate == "PF082"


ZONES = ["Pacific/Pago_Pago", "America/Los_Angeles", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati"]


@pytest.mark.parametrize("hour", range(0, 24, 3))
@pytest.mark.parametrize("zone", ZONES)
def test_a_change_of_zone_opens_no_second_cap_for_the_same_hours(db, clock, zone, hour):
    db.execute("update campaigns set daily_cap = 2")
    leads = db.leads(5, status="queued")
    fed_at = clock.set("2026-03-10 06:00")
    activate(db, leads[:2], fed_at)

    db.execute("update campaigns set timezone = %s", (zone,))
    now = clock.move(hours=hour)

    at = ZoneInfo(zone)
    same_day = fed_at.astimezone(at).date() == now.astimezone(at).date()
    counted_there = str(now.astimezone(at).date()) == "2026-03-10"
    if same_day or counted_there:
        assert db.value("select cap <= fed from campaign_today(%s)", now)
        with db.refused("PF082"):
            activate(db, leads[2:3], now)
    else:
        activate(db, leads[2:4], now)
        with db.refused("PF082"):
            activate(db, leads[4:], now)


@given(
    steps=st.lists(st.tuples(st.sampled_from(ZONES), st.integers(0, 20), st.integers(1, 4)), min_size=2, max_size=12)
)
def test_no_sequence_of_zones_feeds_more_than_the_cap_within_a_day_of_any_of_them(db, clock, steps):
    """A day is judged by the zone that the campaign has while somebody is fed."""
    with db.undone():
        db.execute("update campaigns set daily_cap = 3")
        db.leads(50, status="queued", phones=0, emails=0)
        clock.set("2026-03-07 00:00")
        fed = []
        for zone, hours, count in steps:
            clock.move(hours=hours)
            db.execute("update campaigns set timezone = %s", (zone,))
            for _ in range(count):
                try:
                    with db.transaction():
                        db.execute(
                            "update leads set campaign_status = 'active', campaign_status_at = %s"
                            " where id = (select id from leads where campaign_status = 'queued' limit 1)",
                            (clock.now,),
                        )
                except psycopg.Error as error:
                    assert error.sqlstate == "PF082", error
                    continue
                fed.append(clock.now)
                today = clock.now.astimezone(ZoneInfo(zone)).date()
                assert sum(moment.astimezone(ZoneInfo(zone)).date() == today for moment in fed) <= 3
