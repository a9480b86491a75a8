"""issue_consent_token: the nonce for a link, as services ask for it."""

import base64
import hashlib
from datetime import UTC, timedelta
from uuid import uuid4

import pytest


def test_a_service_gets_a_nonce_for_seven_days(clone, connect):
    [lead] = clone.leads(1, consent=False)

    nonce = connect("pipeline_writer").value("select issue_consent_token(%s)", lead)

    token = clone.one("select * from consent_tokens")
    assert token.expires_at - token.created_at == timedelta(days=7)
    assert clone.one("select * from redeem_consent_token(%s, 'web_form', '{}')", nonce).outcome == "granted"


def test_another_time_to_live(db):
    [lead] = db.leads(1)

    db.execute("select issue_consent_token(%s, '1 hour')", (lead,))

    assert db.value("select expires_at = created_at + interval '1 hour' from consent_tokens where lead_id = %s", lead)


def test_readers_and_brokers_may_not(db):
    for role in ("pipeline_reader", "pipeline_broker"):
        with db.refused("42501"), db.acting_as(role):
            db.execute("select issue_consent_token(gen_random_uuid())")


def issue(db, lead, ttl="7 days"):
    return db.value("select issue_consent_token(%s, %s::interval, %s)", lead, ttl, db.clock.now)


def test_the_nonce_is_32_bytes_as_base64url(db):
    [lead] = db.leads(1)
    nonces = [issue(db, lead) for _ in range(50)]

    assert {len(base64.urlsafe_b64decode(nonce + "=")) for nonce in nonces} == {32}
    assert {len(nonce) for nonce in nonces} == {43}
    assert len(set(nonces)) == 50


def test_only_its_sha256_is_kept(db, last_event):
    [lead] = db.leads(1)

    nonce = issue(db, lead)

    token = db.one("select * from consent_tokens where lead_id = %s", lead)
    assert token.nonce_hash == hashlib.sha256(nonce.encode()).hexdigest()
    assert nonce not in str(token)
    event = last_event(db, "consent")
    assert event.detail["action"] == "asked"
    assert nonce not in str(event) and token.nonce_hash not in str(event)


def test_days_are_days_in_whatever_zone_the_session_is(db):
    [lead] = db.leads(1)
    db.execute("set local timezone = 'America/Los_Angeles'")
    db.clock.set("2026-03-07 12:00")  # the day before the clocks change

    issue(db, lead, "1 day")

    token = db.one("select created_at, expires_at from consent_tokens where lead_id = %s", lead)
    assert token.expires_at.astimezone(UTC) - token.created_at.astimezone(UTC) == timedelta(hours=24)


@pytest.mark.parametrize("ttl", [None, "0", "-1 day"])
def test_a_token_must_live_for_some_time(db, ttl):
    [lead] = db.leads(1)
    with db.refused("PF063"):
        issue(db, lead, ttl)


def test_an_unknown_lead_is_refused(db):
    with db.refused("PF061"):
        issue(db, uuid4())
