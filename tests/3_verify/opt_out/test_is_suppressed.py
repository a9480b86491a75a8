"""is_suppressed: whether a value must not be contacted."""


def test_any_spelling_of_a_suppressed_value_is_found(db):
    db.execute("select opt_out('phone', '+12015550100', 'reply STOP', 'twilio')")

    assert db.value("select is_suppressed('phone', '(201) 555-0100')") is True
    assert db.value("select is_suppressed('phone', '(201) 555-0101')") is False


def test_channels_are_apart(db):
    db.execute("select opt_out('email', 'ada@example.com', 'unsubscribed', 'mail')")

    assert db.value("select is_suppressed('email', 'ADA@example.com')") is True
    assert db.value("select is_suppressed('phone', '2015550100')") is False


def test_a_value_that_is_no_contact_gets_no_leave_to_be_contacted(db):
    for channel, value in (("phone", "911"), ("email", "nobody"), ("phone", None)):
        with db.refused("PF062"):
            db.execute("select is_suppressed(%s, %s)", (channel, value))
    with db.refused("PF060"):
        db.execute("select is_suppressed('fax', '2015550100')")


def test_a_service_may_ask(clone, connect):
    assert connect("pipeline_writer").value("select is_suppressed('phone', '2015550100')") is False


def test_readers_and_brokers_may_not_since_asking_tells_who_is_on_the_list(db):
    for role in ("pipeline_reader", "pipeline_broker"):
        with db.refused("42501"), db.acting_as(role):
            db.execute("select is_suppressed('phone', '2015550100')")
