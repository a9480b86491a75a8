"""redeem_consent_token: what the consent form sends, as services hand it in."""

import json

import pytest


def test_a_service_redeems_a_nonce_once(clone, connect):
    [lead] = clone.leads(1, consent=False)
    writer = connect("pipeline_writer")
    nonce = writer.value("select issue_consent_token(%s)", lead)

    redeem = "select * from redeem_consent_token(%s, 'web_form', '{\"text\": \"Call me\"}')"
    assert writer.one(redeem, nonce) == ("granted", lead)
    assert writer.one(redeem, nonce) == ("used", None)

    row = writer.one("select consent, consent_method, consented_at is not null from leads where id = %s", lead)
    assert row == (True, "web_form", True)


def test_of_fifty_that_race_one_is_granted(clone, connect):
    [lead] = clone.leads(1, consent=False)
    nonce = clone.value("select issue_consent_token(%s)", lead)
    with clone.transaction():
        clone.execute("select from leads where id = %s for update", (lead,))
        racers = [
            connect("pipeline_writer")
            .in_background("select outcome from redeem_consent_token(%s, 'web_form', '{}')", nonce)
            .wait_until_blocked(clone)
            for _ in range(50)
        ]

    outcomes = sorted(racer.result()[0].outcome for racer in racers)

    assert outcomes == ["granted"] + ["used"] * 49
    assert clone.value("select count(*) from consents") == 1
    assert clone.rows("select * from broken_consents()") == []


def test_readers_and_brokers_may_not(db):
    for role in ("pipeline_reader", "pipeline_broker"):
        with db.refused("42501"), db.acting_as(role):
            db.execute("select redeem_consent_token('x', 'web_form', '{}')")


def issue(db, lead, ttl="7 days"):
    return db.value("select issue_consent_token(%s, %s::interval, %s)", lead, ttl, db.clock.now)


def redeem(db, nonce, method="web_form", **evidence):
    return db.one(
        "select * from redeem_consent_token(%s, %s, %s, %s)", nonce, method, json.dumps(evidence), db.clock.now
    )


def opt_out(db, value, channel="phone"):
    return db.value("select opt_out(%s, %s, 'reply STOP', 'twilio', %s)", channel, value, db.clock.now)


def test_a_consent_is_proved_and_the_lead_follows(db):
    [lead] = db.leads(1, consent=False)
    nonce = issue(db, lead)
    db.clock.move(hours=1)

    assert redeem(db, nonce, text="Call me", ip="192.0.2.1") == ("granted", lead)

    row = db.one("select consent, consented_at, consent_method from leads where id = %s", lead)
    assert row == (True, db.clock.now, "web_form")
    proof = db.one("select * from consents where lead_id = %s", lead)
    assert (proof.action, proof.text_shown, proof.recorded_at) == ("granted", "Call me", db.clock.now)


def test_a_second_use_is_told_apart_from_a_nonce_that_never_was(db, last_event):
    [lead] = db.leads(1, consent=False)
    nonce = issue(db, lead)
    redeem(db, nonce)

    assert redeem(db, nonce) == ("used", None)
    assert last_event(db, "consent").detail == {"action": "refused", "outcome": "used"}
    assert redeem(db, nonce + "x") == ("unknown", None)
    assert redeem(db, "") == ("unknown", None)
    assert redeem(db, None) == ("unknown", None)
    assert db.value("select count(*) from consents where lead_id = %s", lead) == 1


def test_it_expires_to_the_microsecond(db):
    [lead] = db.leads(1, consent=False)
    early, late = issue(db, lead, "1 hour"), issue(db, lead, "1 hour")

    db.clock.move(minutes=59, seconds=59.999999)
    assert redeem(db, early).outcome == "granted"
    db.clock.move(microseconds=1)
    assert redeem(db, late).outcome == "expired"


def test_one_nonce_does_not_use_up_another(db):
    [lead] = db.leads(1, consent=False)
    first, second = issue(db, lead), issue(db, lead)

    assert redeem(db, first).outcome == "granted"
    assert redeem(db, second).outcome == "granted"
    assert db.rows("select * from broken_consents()") == []


@pytest.mark.parametrize("method", [None, "", " "])
def test_a_consent_needs_a_method(db, method):
    [lead] = db.leads(1, consent=False)
    nonce = issue(db, lead)

    with db.refused("PF064"):
        redeem(db, nonce, method)

    assert redeem(db, nonce).outcome == "granted"


def test_a_new_consent_undoes_the_suppression_of_the_leads_own_contacts(db):
    lead, other = db.leads(2)
    for each in (lead, other):
        opt_out(db, db.contact(each))
    opt_out(db, db.contact(lead, "email"), "email")
    db.clock.move(days=1)

    redeem(db, issue(db, lead))

    assert not db.value("select is_suppressed('phone', %s)", db.contact(lead))
    assert not db.value("select is_suppressed('email', %s)", db.contact(lead, "email"))
    assert db.value("select is_suppressed('phone', %s)", db.contact(other))


def test_but_opted_out_is_terminal_and_another_lead_with_the_number_gave_no_consent(db, share_phone):
    lead, other = db.leads(2)
    share_phone(db, lead, other)
    opt_out(db, db.contact(lead))
    db.clock.move(days=1)

    redeem(db, issue(db, lead))

    assert db.one("select campaign_status, consent from leads where id = %s", lead) == ("opted_out", True)
    assert db.one("select campaign_status, consent from leads where id = %s", other) == ("opted_out", False)


def test_an_opt_out_that_came_after_the_consent_stands(db):
    """The form was sent at noon, the STOP a minute later, and the STOP was worked on first."""
    [lead] = db.leads(1)
    nonce = issue(db, lead)
    noon = db.clock.now
    db.clock.move(minutes=1)
    opt_out(db, db.contact(lead))

    db.clock.now = noon
    assert redeem(db, nonce).outcome == "granted"

    assert db.value("select is_suppressed('phone', %s)", db.contact(lead))


def test_contacts_are_taken_out_of_the_method(db):
    (lead,) = db.leads(1, consent=False)

    redeem(db, issue(db, lead), "form of ada@example.com")

    assert db.value("select method from consents") == "form of …"
    assert db.value("select consent_method from leads") == "form of …"
