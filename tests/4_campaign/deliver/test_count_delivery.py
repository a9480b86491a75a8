def count(db, channel, external_id=None):
    db.execute("select count_delivery(d, %s) from deliveries as d where d.channel = %s", (external_id, channel))


def test_the_vendors_id_of_a_call_is_kept_and_an_attempt_counts_when_it_ends(db, clock):
    db.leads(1, status="queued")
    db.feed()

    count(db, "email", "mail-1")
    count(db, "phone", "call-1")
    count(db, "phone")

    lead = db.one("select * from leads")
    assert (lead.call_attempt_count, lead.vapi_call_id, lead.current_sequence_step) == (0, "call-1", 1)
