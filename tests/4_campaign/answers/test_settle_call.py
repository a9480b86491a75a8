import pytest


@pytest.fixture
def lead(db, clock):
    (lead,) = db.leads(1, status="queued")
    db.feed()
    return lead


def settle(db, lead, outcome):
    db.execute("select settle_call(%s, 'call-1', %s, %s)", (lead, outcome, db.clock.now))
    return db.one("select * from deliveries where channel = 'phone'")


def test_a_delivery_that_was_given_up_stays_so(db, lead):
    db.execute("update deliveries set state = 'dead'")

    assert settle(db, lead, "tried").state == "dead"


def test_a_paused_lead_is_called_again_once_it_is_resumed(db, clock, lead):
    db.execute("update leads set campaign_status = 'paused'")
    assert settle(db, lead, "tried").state == "pending"
    clock.set("2026-03-10 10:00")
    assert db.claim() == []

    db.execute("update leads set campaign_status = 'active'")

    assert len(db.claim()) == 1


def test_the_delivery_keeps_the_calls_id(db, lead):
    assert settle(db, lead, "reached").external_id == "call-1"


def test_it_settles_its_own_leads_call_and_nothing_else(db, clock):
    lead, other = db.leads(2, status="queued")
    db.feed()

    db.execute("select settle_call(%s, 'call-1', 'reached', %s)", (lead, clock.now))

    assert set(db.rows("select lead_id, channel, is_settled, state from deliveries")) == {
        (lead, "phone", True, "delivered"),
        (lead, "email", False, "pending"),
        (other, "phone", False, "pending"),
        (other, "email", False, "pending"),
    }
