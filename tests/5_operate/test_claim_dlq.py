def test_a_writer_claims_what_waits(db, conflict):
    with db.acting_as("pipeline_writer"):
        (claimed,) = db.rows("select * from claim_dlq(10, p_source => 'upload')")

    assert (claimed.id, claimed.source, claimed.payload["outcome"]) == (conflict.id, "upload", "quarantined")
    assert (claimed.reason, claimed.attempts, claimed.line_number) == (conflict.reason, 1, 2)
    assert claimed.token and claimed.lease_until
    assert claimed.personal is None


def test_what_is_personal_is_opened_only_for_who_asks_and_that_is_an_event(db, conflict):
    (claimed,) = db.rows("select * from claim_dlq(10, p_source => 'upload', p_opened => true)")

    assert claimed.personal["first_name"] == "Cy"
    event = db.one("select rows, detail from pipeline_events where stage = 'dlq'")
    opened = {"letters": [claimed.id], "by": db.value("select session_user")}
    assert event == (1, {"outcome": "claimed", "opened": True} | opened)


def test_others_may_not_claim(db):
    for role in ("pipeline_reader", "pipeline_broker"):
        with db.acting_as(role), db.refused("42501"):
            db.execute("select claim_dlq(1)")


def test_the_log_keeps_a_line_of_what_was_opened_if_that_is_rolled_back(db, conflict):
    said = []
    db.add_notice_handler(lambda notice: said.append(notice.message_primary))

    for opened in (False, True):
        with db.undone():
            db.execute("set local client_min_messages = log")
            db.execute("select * from claim_dlq(10, p_source => 'upload', p_opened => %s)", (opened,))

    assert said == [f"pgfunnel: 1 dead letters were opened to {db.value('select session_user')}"]
