"""A given time decides and is recorded, down to the dead letter, so that tests and repairs can work in another time."""

import json
from uuid import uuid4

import pytest

GIVES_UP = {
    "record_booking": "select record_booking('{id}', %(now)s, 'e', %(now)s)",
    "record_call": "select record_call('c', '{id}', 'customer-ended-call', 1, 'e', %(now)s)",
    "record_bounce": "select record_bounce('email', 'nobody@example.com', true, 'e', %(now)s)",
    "record_reply": "select record_reply('phone', '+12015550123', 'yes', 'e', null, %(now)s)",
}


@pytest.mark.parametrize("name", GIVES_UP)
def test_a_letter_is_of_the_time_at_which_it_was_given_up(db, clock, name):
    db.execute(GIVES_UP[name].format(id=uuid4()), {"now": clock.now})

    assert db.value("select created_at from pipeline_dlq") == clock.now


def test_so_is_a_delivery_s(db, clock):
    db.leads(1, status="queued", emails=0)
    db.feed()
    clock.set("2026-03-09 10:00")
    (delivery,) = db.claim()

    db.execute("select finish_delivery(%s, %s, 401, 1, null, null, %s)", (delivery.id, delivery.token, clock.now))

    assert db.value("select created_at from pipeline_dlq") == clock.now


@pytest.mark.parametrize("decision", ["correct_row", "decide_row"])
def test_a_row_is_decided_at_the_given_time(db, clock, conflict, decision):
    clock.move(days=1)
    call = {
        "correct_row": ("correct_row(%s, %s, null, %s)", json.dumps({"mak": None})),
        "decide_row": ("decide_row(%s, 'merge', %s, null, %s)", db.value("select id from leads where mak is not null")),
    }[decision]

    result = db.one(f"select * from {call[0]}", conflict.id, call[1], clock.now)

    assert result.outcome == "redriven"
    assert db.value("select received_at from uploads where id = %s", result.upload_id) == clock.now
    assert db.value("select occurred_at from pipeline_events where stage = 'dlq'") == clock.now
    assert db.value("select updated_at from leads where id = %s", result.lead_id) == clock.now
