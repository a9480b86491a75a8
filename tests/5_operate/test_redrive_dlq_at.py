from datetime import timedelta

import pytest


def redrive(db, id, token=None, lead=None):
    return db.one("select * from redrive_dlq_at(%s, %s, %s, %s)", id, token, lead, db.clock.now)


def test_the_token_serves_until_another_has_it(db, clock, conflict, letter):
    claim = "select * from claim_dlq_at(1, '5 min', 'upload', false, %s)"
    first = db.one(claim, clock.now)
    clock.move(minutes=6)
    second = db.one(claim, clock.now)

    with db.refused("PF103"):
        redrive(db, conflict.id, first.token)
    assert redrive(db, conflict.id, second.token).outcome == "waiting"
    assert letter(conflict.id).attempts == 2


def test_the_next_claim_comes_after_the_wait(db, clock, conflict, letter):
    redrive(db, conflict.id)

    assert clock.now <= letter(conflict.id).retry_after <= clock.now + timedelta(seconds=60)


def test_a_person_may_try_more_often_than_a_claimer(db, clock, conflict, letter):
    db.execute("update pipeline_dlq set attempts = 8")

    assert redrive(db, conflict.id).outcome == "waiting"
    assert letter(conflict.id).attempts == 9


@pytest.mark.parametrize("source", ["upload", "delivery", "enrich"])
def test_only_a_reply_a_booking_or_a_call_is_redriven_for_a_lead(db, clock, source):
    (lead,) = db.leads(1)

    with db.refused("PF104"):
        redrive(db, db.value("select add_dead_letter(%s, '{}', 'failed', null)", source), lead=lead)


def test_an_unknown_lead_is_refused(db, clock):
    with db.refused("PF061"):
        redrive(
            db,
            db.value("select add_dead_letter('reply', '{\"channel\": \"phone\"}', 'x', null, '{}')"),
            lead="00000000-0000-0000-0000-000000000000",
        )
