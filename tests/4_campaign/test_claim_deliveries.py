def test_a_writer_claims_and_sees_the_contact_in_clear(db):
    (lead,) = db.leads(1, status="queued", phones=0)
    db.execute("update campaigns set requires_phone = false")
    db.feed()
    db.execute("update deliveries set not_before = now()")

    with db.acting_as("pipeline_writer"):
        (claimed,) = db.rows("select * from claim_deliveries('email')")

    assert (claimed.lead_id, claimed.contact, claimed.attempts) == (lead, db.contact(lead, "email"), 1)


def test_an_unknown_channel_is_told(db):
    with db.refused("PF060"):
        db.execute("select * from claim_deliveries('fax')")


def test_it_goes_by_the_clock_in_a_transaction_that_is_held_open(db):
    """The transaction's time would let the evening's calls be claimed at night."""
    db.leads(1, status="queued", phones=0)
    db.execute("update campaigns set requires_phone = false")
    db.feed()
    db.execute("update deliveries set not_before = clock_timestamp()")

    assert db.value("select not_before > now() from deliveries")
    assert len(db.rows("select * from claim_deliveries('email')")) == 1


def test_the_log_keeps_a_line_of_a_claim_that_is_rolled_back(db):
    db.leads(2, status="queued", phones=0)
    db.execute("update campaigns set requires_phone = false")
    db.feed()
    db.execute("update deliveries set not_before = now()")
    said = []
    db.add_notice_handler(lambda notice: said.append(notice.message_primary))

    with db.undone():
        db.execute("set local client_min_messages = log")
        db.execute("select * from claim_deliveries('email')")
        db.execute("select * from claim_deliveries('email')")

    assert said == [f"pgfunnel: 2 contacts (email) were opened to {db.value('select session_user')}"]
