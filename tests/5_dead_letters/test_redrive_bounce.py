import pytest


@pytest.fixture
def unknown(db, clock):
    """The letter of a bounce of an address that nobody had."""
    db.execute("select record_bounce('email', 'ada@example.com', true, 'b-1', %s)", (clock.now,))
    return db.one("select * from pipeline_dlq")


def redrive(db, letter):
    return db.one("select * from redrive_dlq(%s, null, null, %s)", letter.id, db.clock.now)


def test_it_is_recorded_once_a_lead_has_the_contact(db, clock, unknown, letter):
    assert redrive(db, unknown) == ("waiting", "no lead has the contact", None, None)
    (lead,) = db.leads(1)
    db.execute("update lead_contacts set value_hash = contact_hash('email', 'ada@example.com') where channel = 'email'")

    assert redrive(db, unknown) == ("redriven", "the bounce is recorded", lead, None)
    assert db.value("select email_verified from leads") is False
    assert letter(unknown.id).state == "redriven"


def test_it_is_nobodys_to_give_away(db, clock, unknown):
    (lead,) = db.leads(1)

    with db.refused("PF104"):
        db.one("select * from redrive_dlq(%s, null, %s, %s)", unknown.id, lead, clock.now)
