import uuid

import pytest


@pytest.fixture
def unknown(db, clock):
    """The letter of a call of a lead that nobody knew."""
    db.execute(
        "select record_call('call-1', %s, 'call.start.error-subscription-frozen', 9, 'e-1', %s)",
        (uuid.uuid4(), clock.now),
    )
    return db.one("select * from pipeline_dlq")


def redrive(db, letter, lead=None):
    return db.one("select * from redrive_dlq(%s, null, %s, %s)", letter.id, lead, db.clock.now)


def test_somebody_can_say_whose_it_is_and_nothing_is_paused_any_more(db, clock, unknown, letter):
    (lead,) = db.leads(1, status="active")

    assert redrive(db, unknown, lead) == ("redriven", "the call is recorded: misconfigured", lead, None)
    assert db.value("select vapi_call_id from leads") == "call-1"
    assert db.value("select paused_channels from campaigns") == []
    assert letter(unknown.id).state == "redriven"


def test_it_is_recorded_once_its_lead_is_there(db, clock, unknown):
    assert redrive(db, unknown).message == "no lead has this id"

    db.execute("insert into leads (id) values (%s)", (unknown.payload["lead"],))

    assert redrive(db, unknown).outcome == "redriven"


def test_a_call_whose_end_is_known_by_now_does_not_count_twice(db, clock, unknown):
    (lead,) = db.leads(1, status="active")
    db.execute("select record_call('call-1', %s, 'voicemail', 9, 'e-2', %s)", (lead, clock.now))

    assert redrive(db, unknown, lead).message == "the call is recorded: repeated"
    assert db.value("select call_attempt_count from leads") == 1
