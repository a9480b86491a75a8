from datetime import timedelta
from uuid import uuid4


def test_it_is_the_sum_of_funnel_daily_over_thirty_local_days(db, event, clock):
    today = db.value("select (now() at time zone 'America/Los_Angeles')::date")
    clock.set(f"{today} 00:00")
    event("fed", lead_id=uuid4())
    clock.set(f"{today - timedelta(days=29)} 00:00")
    event("fed", lead_id=uuid4())
    event("dedupe", rows=10, detail='{"new": 4}')
    clock.move(minutes=-1)
    event("fed", lead_id=uuid4())
    clock.set(f"{today + timedelta(days=1)} 00:00")
    event("fed", lead_id=uuid4())

    totals = db.value("select dashboard_totals(%s)", clock.set(f"{today} 12:00"))
    assert (totals["fed"], totals["rows_received"], totals["leads_new"]) == (2, 10, 4)
    assert db.value("select sum(fed) from funnel_daily") == 4


def test_without_events_every_stage_is_zero(db, clock):
    assert set(db.value("select dashboard_totals(%s)", clock.now).values()) == {0}
