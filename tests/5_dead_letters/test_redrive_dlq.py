from datetime import timedelta

import psycopg
import pytest


def redrive(db, id, token=None, lead=None):
    with db.acting_as("pipeline_writer"):
        return db.one("select * from redrive_dlq(%s, %s, %s)", id, token, lead)


def test_a_row_that_conflicts_still_waits_and_says_why(db, conflict, letter):
    result = redrive(db, conflict.id)

    assert (result.outcome, result.lead_id, result.upload_id) == ("waiting", None, None)
    for key, column in (("MAK", "mak"), ("address", "addr_hash")):
        lead = db.value(f"select id from leads where {column} is not null")
        assert f"its {key} is lead {lead}'s" in result.message
    kept = letter(conflict.id)
    assert (kept.state, kept.attempts, kept.last_error) == ("waiting", 1, result.message)
    assert kept.retry_after > kept.created_at


def test_a_row_that_conflicts_no_more_is_merged(db, conflict, letter):
    db.execute("update leads set addr_hash = null")

    result = redrive(db, conflict.id)

    assert result.outcome == "redriven"
    assert letter(conflict.id).redriven_as == result.upload_id
    assert db.value("select addr_hash is not null from leads where id = %s", result.lead_id)


def test_what_is_redriven_is_so_once(db, conflict):
    db.execute("update leads set addr_hash = null")
    redrive(db, conflict.id)

    with db.refused("PF102"):
        redrive(db, conflict.id)


def test_a_file_refused_as_a_whole_has_to_be_sent_again(db):
    db.ingest("this,is\nno,file")

    with db.refused("PF104"):
        redrive(db, db.value("select id from pipeline_dlq"))


def test_what_a_service_sent_only_the_service_can_try(db):
    with db.refused("PF104"):
        redrive(db, db.value("select send_to_dlq('enrich', '{}', 'failed')"))


def test_two_at_once_redrive_it_once(clone, connect):
    clone.ingest("mak,address,zip\n0000000001,,\n,12 Main St,90012\n")
    clone.ingest("mak,address,zip\n0000000001,12 Main St,90012\n")
    clone.execute("update leads set addr_hash = null")
    id = clone.value("select id from pipeline_dlq")
    other = connect()

    with clone.transaction():
        assert clone.one("select * from redrive_dlq(%s)", id).outcome == "redriven"
        waiting = other.in_background("select redrive_dlq(%s)", id).wait_until_blocked(connect())

    with pytest.raises(psycopg.Error) as told:
        waiting.result()
    assert told.value.sqlstate == "PF102"
    assert clone.value("select count(*) from uploads") == 3


def redrive_2(db, id, token=None, lead=None):
    return db.one("select * from redrive_dlq(%s, %s, %s, %s)", id, token, lead, db.clock.now)


def test_the_token_serves_until_another_has_it(db, clock, conflict, letter):
    claim = "select * from claim_dlq(1, '5 min', 'upload', false, %s)"
    first = db.one(claim, clock.now)
    clock.move(minutes=6)
    second = db.one(claim, clock.now)

    with db.refused("PF103"):
        redrive_2(db, conflict.id, first.token)
    assert redrive_2(db, conflict.id, second.token).outcome == "waiting"
    assert letter(conflict.id).attempts == 2


def test_the_next_claim_comes_after_the_wait(db, clock, conflict, letter):
    redrive_2(db, conflict.id)

    assert clock.now <= letter(conflict.id).retry_after <= clock.now + timedelta(seconds=60)


def test_a_person_may_try_more_often_than_a_claimer(db, clock, conflict, letter):
    db.execute("update pipeline_dlq set attempts = 8")

    assert redrive_2(db, conflict.id).outcome == "waiting"
    assert letter(conflict.id).attempts == 9


@pytest.mark.parametrize("source", ["upload", "delivery", "enrich"])
def test_only_a_reply_a_booking_or_a_call_is_redriven_for_a_lead(db, clock, source):
    (lead,) = db.leads(1)

    with db.refused("PF104"):
        redrive_2(db, db.value("select add_dead_letter(%s, '{}', 'failed', null)", source), lead=lead)


def test_an_unknown_lead_is_refused(db, clock):
    with db.refused("PF061"):
        redrive_2(
            db,
            db.value("select add_dead_letter('reply', '{\"channel\": \"phone\"}', 'x', null, '{}')"),
            lead="00000000-0000-0000-0000-000000000000",
        )
