"""append_consent: one more link of the chain."""

import json

import psycopg
import pytest


def append(db, lead, evidence, action="granted"):
    return db.value(
        "select append_consent(%s, %s, 'web_form', %s::jsonb, %s)", lead, action, json.dumps(evidence), db.clock.now
    )


def test_ids_have_no_gaps_and_each_row_names_the_hash_before(db):
    [lead] = db.leads(1)

    ids = [append(db, lead, {}), append(db, lead, {}, "withdrawn"), append(db, lead, {})]

    rows = db.rows("select id, previous_hash, row_hash from consents order by id")
    assert ids == [row.id for row in rows] == [1, 2, 3]
    assert [row.previous_hash for row in rows] == [None, rows[0].row_hash, rows[1].row_hash]


def test_the_words_shown_are_in_clear_and_the_rest_is_sealed(db):
    [lead] = db.leads(1)

    id = append(db, lead, {"text": "Call me", "ip": "192.0.2.1", "user_agent": "Browser"})

    row = db.one("select * from consents where id = %s", id)
    assert (row.lead_id, row.action, row.method, row.text_shown) == (lead, "granted", "web_form", "Call me")
    assert row.recorded_at == db.clock.now
    assert b"192.0.2.1" not in row.evidence
    opened = db.value(
        "select convert_from(unseal('consents.evidence/' || %s::text, %s), 'UTF8')::jsonb", id, row.evidence
    )
    assert opened == {"ip": "192.0.2.1", "user_agent": "Browser"}


@pytest.mark.parametrize("evidence", [None, "a text", ["text"], 1])
def test_evidence_that_is_no_object_is_kept_all_the_same(db, evidence):
    [lead] = db.leads(1)

    id = append(db, lead, evidence)

    opened = db.value(
        "select convert_from(unseal('consents.evidence/' || id, evidence), 'UTF8')::jsonb from consents where id = %s",
        id,
    )
    assert opened == {"evidence": evidence}


def test_the_event_repeats_the_hash_and_nothing_personal(db, last_event):
    [lead] = db.leads(1)

    id = append(db, lead, {"text": "Call me", "ip": "192.0.2.1"})

    event = last_event(db, "consent")
    row_hash = db.value("select encode(row_hash, 'hex') from consents where id = %s", id)
    assert event.detail == {"action": "granted", "method": "web_form", "row_hash": row_hash}
    assert event.idempotency_key == f"consent/{id}"


def test_two_at_once_follow_one_another(clone, connect):
    first, second = clone.leads(2)
    with clone.transaction():
        append(clone, first, {})
        other = (
            connect()
            .in_background("select append_consent(%s, 'granted', 'web_form', '{}', now())", second)
            .wait_until_blocked(clone)
        )

    assert other.result() == [(2,)]
    assert clone.rows("select * from broken_consents()") == []


def test_an_older_snapshot_cannot_fork_the_chain(clone, connect):
    first, second = clone.leads(2)
    other = connect()
    with pytest.raises(psycopg.errors.UniqueViolation), other.transaction():
        other.execute("set transaction isolation level repeatable read")
        other.execute("select count(*) from consents")
        append(clone, first, {})
        append(other, second, {})

    assert clone.value("select count(*) from consents") == 1
    assert clone.rows("select * from broken_consents()") == []
