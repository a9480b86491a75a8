import pytest


@pytest.mark.parametrize("status", ["replied", "bounced", "invalid", "failed"])
def test_what_still_waits_is_cancelled_when_a_lead_comes_to_an_end(db, clock, status):
    (lead,) = db.leads(1, status="queued")
    db.feed()

    db.execute("update leads set campaign_status = %s where id = %s", (status, lead))

    assert {row.state for row in db.rows("select state from deliveries")} == {"cancelled"}


def test_a_pause_cancels_nothing(db, clock):
    db.leads(1, status="queued")
    db.feed()

    db.execute("update leads set campaign_status = 'paused'")

    assert {row.state for row in db.rows("select state from deliveries")} == {"pending"}


def test_what_was_delivered_stays_so(db, clock):
    db.leads(1, status="queued", emails=0)
    db.feed()
    clock.set("2026-03-09 10:00")
    (claimed,) = db.claim()
    db.execute("select close_delivery(%s, 'delivered', 200, null, %s)", (claimed.id, clock.now))

    db.execute("update leads set campaign_status = 'replied'")

    assert db.value("select state from deliveries") == "delivered"
