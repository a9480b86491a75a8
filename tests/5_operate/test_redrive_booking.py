import uuid

import pytest


@pytest.fixture
def unknown(db, clock):
    """The letter of a booking of a lead that nobody knew."""
    db.execute("select record_booking_at(%s, %s, 'b-1', %s)", (uuid.uuid4(), clock.now, clock.now))
    return db.one("select * from pipeline_dlq")


def redrive(db, letter, lead=None):
    return db.one("select * from redrive_dlq_at(%s, null, %s, %s)", letter.id, lead, db.clock.now)


def test_somebody_can_say_whose_it_is(db, clock, unknown, letter):
    (lead,) = db.leads(1, status="replied")

    assert redrive(db, unknown, lead) == ("redriven", "the booking is recorded: booked", lead, None)
    assert db.one("select campaign_status, booked_at from leads") == ("booked", clock.now)
    assert letter(unknown.id).state == "redriven"


def test_it_is_recorded_once_its_lead_is_there(db, clock, unknown):
    assert redrive(db, unknown).message == "no lead has this id"

    db.execute("insert into leads (id) values (%s)", (unknown.payload["lead"],))

    assert redrive(db, unknown).message == "the booking is recorded: noted"
