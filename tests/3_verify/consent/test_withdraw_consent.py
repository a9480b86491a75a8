"""withdraw_consent: a service passes on that a person takes it back."""

import json
from uuid import uuid4

import pytest


def test_a_service_withdraws_a_consent_once(clone, connect):
    [lead] = clone.leads(1)
    writer = connect("pipeline_writer")
    query = "select withdraw_consent(%s, 'letter', '{\"text\": \"I withdraw\"}')"

    assert writer.value(query, lead) is True
    assert writer.value(query, lead) is False

    assert clone.one("select consent, campaign_status from leads") == (False, "opted_out")
    assert clone.value("select is_suppressed('phone', %s)", clone.contact(lead))


def test_readers_and_brokers_may_not(db):
    for role in ("pipeline_reader", "pipeline_broker"):
        with db.refused("42501"), db.acting_as(role):
            db.execute("select withdraw_consent(gen_random_uuid(), 'letter')")


def withdraw(db, lead, method="letter", **evidence):
    return db.value("select withdraw_consent(%s, %s, %s, %s)", lead, method, json.dumps(evidence), db.clock.now)


def test_the_withdrawal_is_proved_and_the_lead_follows(db):
    [lead] = db.leads(1)
    given = db.one("select consented_at, consent_method from leads")

    assert withdraw(db, lead, text="I withdraw", ip="192.0.2.1") is True

    proof = db.one("select * from consents")
    assert (proof.lead_id, proof.action, proof.method, proof.text_shown) == (lead, "withdrawn", "letter", "I withdraw")
    assert proof.recorded_at == db.clock.now
    assert db.value("select consent from leads") is False
    assert db.one("select consented_at, consent_method from leads") == given
    assert db.rows("select * from broken_consents()") == []


def test_every_contact_is_opted_out(db, add_delivery):
    [lead] = db.leads(1, status="queued")
    delivery = add_delivery(db, lead)

    withdraw(db, lead)

    assert db.value("select is_suppressed('phone', %s)", db.contact(lead))
    assert db.value("select is_suppressed('email', %s)", db.contact(lead, "email"))
    assert db.value("select state from deliveries where id = %s", delivery) == "cancelled"
    assert db.value("select campaign_status from leads") == "opted_out"


def test_without_a_consent_the_person_is_opted_out_all_the_same(db):
    [lead] = db.leads(1, consent=False)

    assert withdraw(db, lead) is False

    assert db.value("select count(*) from consents") == 0
    assert db.value("select is_suppressed('phone', %s)", db.contact(lead))


def test_a_new_consent_undoes_it(db):
    [lead] = db.leads(1)
    withdraw(db, lead)
    db.clock.move(days=1)
    nonce = db.value("select issue_consent_token(%s, '1 day', %s)", lead, db.clock.now)

    db.execute("select redeem_consent_token(%s, 'web_form', '{}', %s)", (nonce, db.clock.now))

    assert db.one("select consent, consented_at from leads") == (True, db.clock.now)
    assert not db.value("select is_suppressed('phone', %s)", db.contact(lead))
    assert [row.action for row in db.rows("select action from consents order by id")] == ["withdrawn", "granted"]


@pytest.mark.parametrize("method", [None, "", " "])
def test_it_needs_a_method(db, method):
    [lead] = db.leads(1)

    with db.refused("PF066"):
        withdraw(db, lead, method)


def test_an_unknown_lead_is_an_error(db):
    with db.refused("PF061"):
        withdraw(db, uuid4())


def test_contacts_are_taken_out_of_the_method(db):
    (lead,) = db.leads(1)

    withdraw(db, lead, "mail of ada@example.com")

    assert db.value("select method from consents") == "mail of …"
    assert {row.source for row in db.rows("select source from suppressions")} == {"mail of …"}
