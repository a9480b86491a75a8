"""issue_consent_token: the nonce for a link, as services ask for it."""

from datetime import timedelta


def test_a_service_gets_a_nonce_for_seven_days(clone, connect):
    [lead] = clone.leads(1, consent=False)

    nonce = connect("pipeline_writer").value("select issue_consent_token(%s)", lead)

    token = clone.one("select * from consent_tokens")
    assert token.expires_at - token.created_at == timedelta(days=7)
    assert clone.one("select * from redeem_consent_token(%s, 'web_form', '{}')", nonce).outcome == "granted"


def test_another_time_to_live(db):
    [lead] = db.leads(1)

    db.execute("select issue_consent_token(%s, '1 hour')", (lead,))

    assert db.value("select expires_at = now() + interval '1 hour' from consent_tokens where lead_id = %s", lead)


def test_readers_and_brokers_may_not(db):
    for role in ("pipeline_reader", "pipeline_broker"):
        with db.refused("42501"), db.acting_as(role):
            db.execute("select issue_consent_token(gen_random_uuid())")
