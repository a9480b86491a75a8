import pytest


@pytest.fixture
def fed(db, clock):
    db.leads(2, status="queued", emails=0)
    clock.set("2026-03-09 06:00")
    db.feed()


def check(db, now):
    return db.one("select * from health_of_deliveries(%s)", now)


def test_deliveries_that_wait_for_their_hour_are_fine(db, clock, fed):
    assert check(db, clock.move(hours=24)).status == "ok"


def test_what_nobody_claims_for_a_day_is_stuck(db, clock, fed):
    row = check(db, clock.move(hours=24, minutes=1))
    assert row.status == "warn"
    assert row.detail.startswith("2 deliveries: 0 claimed") and row.detail.endswith("2 due for more than a day")
    assert "phone" in row.hint


def test_what_was_claimed_and_never_finished_is_stuck_an_hour_after_the_lease(db, clock, fed):
    clock.set("2026-03-09 12:00")
    assert len(db.claim(limit=1)) == 1

    assert check(db, clock.move(hours=1, minutes=5)).status == "ok"
    assert check(db, clock.move(minutes=1)).detail.startswith("1 delivery: 1 claimed")


def test_what_is_open_to_a_paused_lead_is_no_fault(db, clock, fed):
    db.execute("update leads set campaign_status = 'paused'")
    assert db.value("select count(*) from deliveries where state = 'pending'") == 2

    assert check(db, clock.move(days=3)).status == "ok"


def test_what_waits_on_a_channel_that_its_campaign_no_longer_has_is_no_fault(db, clock, fed):
    db.execute("update campaigns set channels = '{email}'")

    assert check(db, clock.move(days=3)).status == "ok"
