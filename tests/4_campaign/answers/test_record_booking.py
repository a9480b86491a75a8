import uuid

import pytest


def test_a_writer_records_a_booking(db):
    (lead,) = db.leads(1, status="active")

    with db.acting_as("pipeline_writer"):
        assert db.value("select record_booking(%s, now() + interval '2 days', 'b-1')", lead) == "booked"


def book(db, lead, event="b-1"):
    return db.value("select record_booking(%s, %s, %s, %s)", lead, db.clock.now, event, db.clock.now)


def lead_of(db, lead):
    return db.one("select * from leads where id = %s", lead)


@pytest.mark.parametrize("before", ["active", "replied"])
def test_a_lead_that_was_contacted_is_booked_also_without_its_reply(db, clock, before):
    (lead,) = db.leads(1, status=before)

    assert book(db, lead) == "booked"

    assert (lead_of(db, lead).campaign_status, lead_of(db, lead).booked_at) == ("booked", clock.now)


@pytest.mark.parametrize("before", ["queued", "paused", "opted_out"])
def test_from_another_state_it_is_noted(db, clock, before):
    (lead,) = db.leads(1, status=before)

    assert book(db, lead) == "noted"

    assert (lead_of(db, lead).campaign_status, lead_of(db, lead).booked_at) == (before, clock.now)


def test_an_event_counts_once(db, clock):
    (lead,) = db.leads(1, status="active")
    book(db, lead)
    first = lead_of(db, lead)

    clock.move(days=1)

    assert book(db, lead) == "repeated"
    assert lead_of(db, lead) == first


def test_a_booking_of_a_lead_nobody_knows_is_kept(db, clock):
    assert book(db, uuid.uuid4()) == "unknown"

    assert db.value("select source from pipeline_dlq") == "booking"


def test_without_an_event_id_it_is_refused(db, clock):
    with db.refused("PF084"):
        book(db, uuid.uuid4(), None)


def test_the_event_says_when_the_appointment_is(db, clock):
    (lead,) = db.leads(1, status="active")

    db.execute("select record_booking(%s, '2026-03-12 17:00+00', 'b-1', %s)", (lead, clock.now))

    assert db.value("select detail ->> 'starts_at' from pipeline_events where stage = 'booking'").startswith(
        "2026-03-12"
    )


def test_the_reply_that_is_missing_comes_before_the_booking(db, clock):
    (lead,) = db.leads(1, status="queued")
    db.feed()
    clock.move(hours=3)

    book(db, lead)

    moves = db.rows("select stage, occurred_at from pipeline_events where stage in ('replied', 'booked') order by id")
    assert [move.stage for move in moves] == ["replied", "booked"]
    assert clock.now == moves[0].occurred_at < moves[1].occurred_at


def test_who_holds_the_lead_records_what_another_session_is_recording(clone, connect):
    (lead,) = clone.leads(1, status="active")
    first, second = connect(), connect()

    with first.transaction():
        first.execute("select from leads where id = %s for update", (lead,))
        waiting = second.in_background("select record_booking(%s, now(), 'b-1')", lead).wait_until_blocked(clone)
        assert book(first, lead) == "booked"

    assert waiting.result() == [("repeated",)]
