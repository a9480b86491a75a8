import pytest


@pytest.fixture
def lead(db, clock):
    (lead,) = db.leads(1, status="queued")
    db.feed()
    return lead


def end(db, lead):
    db.execute("select end_unreachable(%s, 'phone', 'invalid', %s)", (lead, db.clock.now))
    return db.value("select campaign_status from leads"), [
        row.state for row in db.rows("select state from deliveries order by channel")
    ]


def test_a_lead_that_can_be_reached_goes_on(db, lead):
    assert end(db, lead) == ("active", ["pending", "pending"])


def test_a_channel_without_a_verified_contact_is_cancelled(db, lead):
    db.execute("update lead_contacts set verified = false where channel = 'phone'")

    assert end(db, lead) == ("active", ["pending", "cancelled"])


def test_a_lead_without_any_ends_in_the_state_that_is_named(db, lead):
    db.execute("update lead_contacts set verified = false")

    assert end(db, lead) == ("invalid", ["cancelled", "cancelled"])
