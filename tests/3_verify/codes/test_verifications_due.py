"""verifications_due: what to ask the provider again."""


def test_it_shows_a_contact_when_its_wait_is_over(db):
    lead, waiting, given_up, _ = db.leads(4, verified=False)
    for each, after in ((lead, "-1 s"), (waiting, "1 h"), (given_up, None)):
        db.execute(
            "update lead_contacts set verify_tries = 1, verify_after = now() + %s::interval"
            " where lead_id = %s and channel = 'phone'",
            (after, each),
        )

    with db.acting_as("pipeline_writer"):
        rows = db.rows("select lead_id, channel, position, verify_tries from verifications_due")

    assert rows == [(lead, "phone", 1, 1)]


def test_an_answer_takes_it_off(db):
    [lead] = db.leads(1, verified=False)
    db.execute("update lead_contacts set verify_tries = 1, verify_after = now() where channel = 'phone'")

    db.execute("select record_verification(%s, 'phone', 'melissa', '{PS01}')", (lead,))

    assert db.rows("select * from verifications_due") == []
