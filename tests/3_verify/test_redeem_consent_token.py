"""redeem_consent_token: what the consent form sends, as services hand it in."""


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
