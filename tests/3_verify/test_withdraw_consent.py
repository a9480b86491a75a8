"""withdraw_consent: a service passes on that a person takes it back."""


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
