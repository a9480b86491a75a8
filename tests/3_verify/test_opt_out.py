"""opt_out: somebody wants no more of it, as services hand it in."""


def test_a_service_opts_a_value_out(clone, connect):
    [lead] = clone.leads(1)
    phone = clone.contact(lead)

    assert connect("pipeline_writer").value("select opt_out('phone', %s, 'reply STOP', 'twilio')", phone) == 1

    assert clone.value("select campaign_status from leads where id = %s", lead) == "opted_out"
    assert clone.value("select is_suppressed('phone', %s)", phone)


def test_it_happens_now(db):
    db.execute("select opt_out('phone', '2015550100', 'reply STOP', 'twilio')")

    assert db.value("select suppressed_at = now() from suppressions")


def test_two_opt_outs_and_a_consent_at_once_end_in_some_order(clone, connect):
    """All three wait for the lead, and two want the same suppression; whoever comes last, chain and lead agree."""
    [lead] = clone.leads(1)
    phone, email = clone.contact(lead), clone.contact(lead, "email")
    clone.execute("select opt_out('phone', %s, 'reply STOP', 'twilio')", (phone,))
    nonce = clone.value("select issue_consent_token(%s)", lead)
    with clone.transaction():
        clone.execute("select from leads where id = %s for update", (lead,))
        waiting = [
            connect().in_background(query, *args).wait_until_blocked(clone)
            for query, *args in (
                ("select opt_out('phone', %s, 'reply STOP', 'twilio')", phone),
                ("select opt_out('email', %s, 'unsubscribed', 'mail')", email),
                ("select redeem_consent_token(%s, 'web_form', '{}')", nonce),
            )
        ]
    for each in waiting:
        each.result()

    last = clone.value("select action from consents order by id desc limit 1")
    assert clone.value("select consent from leads where id = %s", lead) is (last == "granted")
    assert clone.rows("select * from broken_consents()") == []


def test_readers_and_brokers_may_not(db):
    for role in ("pipeline_reader", "pipeline_broker"):
        with db.refused("42501"), db.acting_as(role):
            db.execute("select opt_out('phone', '2015550100', 'reply STOP', 'twilio')")
