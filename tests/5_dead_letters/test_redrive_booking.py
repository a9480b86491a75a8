import json
import uuid

import pytest


@pytest.fixture
def unknown(db, clock):
    """The letter of a booking of a lead that nobody knew."""
    db.execute("select record_booking(%s, %s, 'b-1', %s)", (uuid.uuid4(), clock.now, clock.now))
    return db.one("select * from pipeline_dlq")


def redrive(db, letter, lead=None):
    return db.one("select * from redrive_dlq(%s, null, %s, %s)", letter.id, lead, db.clock.now)


def test_somebody_can_say_whose_it_is(db, clock, unknown, letter):
    (lead,) = db.leads(1, status="replied")

    assert redrive(db, unknown, lead) == ("redriven", "the booking is recorded: booked", lead, None)
    assert db.one("select campaign_status, booked_at from leads") == ("booked", clock.now)
    assert letter(unknown.id).state == "redriven"


def test_it_was_booked_when_that_was_told_and_not_before_a_later_one(db, clock, unknown):
    one, other = db.leads(2, status="active")
    told_at = clock.now
    letters = [unknown, redriven_later(db)]
    later = clock.move(hours=1)
    db.execute("select record_booking(%s, null, 'b-3', %s)", (other, later))
    clock.move(hours=1)

    for letter, lead in zip(letters, [one, other], strict=True):
        redrive(db, letter, lead)

    assert db.rows("select id, booked_at from leads order by booked_at") == [(one, told_at), (other, later)]


def redriven_later(db):
    db.execute("select record_booking(null, null, 'b-2', %s)", (db.clock.now,))
    return db.one("select * from pipeline_dlq order by id desc limit 1")


def test_it_is_recorded_once_its_lead_is_there(db, clock, unknown):
    assert redrive(db, unknown).message == "no lead has this id"

    db.execute("insert into leads (id) values (%s)", (unknown.payload["lead"],))

    assert redrive(db, unknown).message == "the booking is recorded: noted"


def test_a_letter_that_a_service_sent_itself_books_no_time_to_come(db, clock):
    (lead,) = db.leads(1, status="replied")
    forged = json.dumps({"lead": str(lead), "booked_at": "infinity"})
    with db.acting_as("pipeline_writer"):
        number = db.value("select send_to_dlq('booking', %s, 'forged')", forged)
        db.execute("select * from redrive_dlq(%s)", (number,))

    assert db.value("select booked_at between now() and clock_timestamp() from leads")
