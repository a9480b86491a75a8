"""reverify_leads: as services call it after the map changed."""


def test_a_service_reads_leads_again(clone, connect):
    [lead] = clone.leads(1, verified=False)
    writer = connect("pipeline_writer")
    writer.execute("select record_verification(%s, 'phone', 'melissa', '{PS02}')", (lead,))
    clone.execute("update verification_code_map set effect = 'verify' where code = 'PS02' and channel = 'phone'")

    assert writer.value("select reverify_leads()") == 1
    assert writer.value("select reverify_leads()") == 0
    assert writer.value("select phone_verified from leads") is True


def test_readers_and_brokers_may_not(db):
    for role in ("pipeline_reader", "pipeline_broker"):
        with db.refused("42501"), db.acting_as(role):
            db.execute("select reverify_leads()")
