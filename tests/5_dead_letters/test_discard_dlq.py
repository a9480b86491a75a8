import pytest


def test_a_discarded_letter_keeps_why(db, conflict, letter):
    with db.acting_as("pipeline_writer"):
        db.execute("select discard_dlq(%s, 'sent again')", (conflict.id,))

    kept = letter(conflict.id)
    assert (kept.state, kept.last_error, kept.attempts) == ("discarded", "sent again", 0)
    assert db.rows("select * from dlq_summary") == []


def test_it_is_final(db, conflict):
    db.execute("select discard_dlq(%s, 'sent again')", (conflict.id,))

    for again in ("discard_dlq(%s, 'x')", "redrive_dlq(%s)", "correct_row(%s, '{}')", "decide_row(%s, 'new')"):
        with db.refused("PF102"):
            db.execute(f"select {again}", (conflict.id,))


@pytest.mark.parametrize("why", [None, " "])
def test_a_reason_is_needed(db, conflict, why):
    with db.refused("PF109"):
        db.execute("select discard_dlq(%s, %s)", (conflict.id, why))


def test_what_somebody_works_on_is_not_discarded_by_another(db, conflict):
    claimed = db.one("select * from claim_dlq(1, p_source => 'upload')")

    with db.refused("PF103"):
        db.execute("select discard_dlq(%s, 'x')", (conflict.id,))
    db.execute("select discard_dlq(%s, 'x', %s)", (conflict.id, claimed.token))


def test_a_contact_in_the_reason_is_masked(db, conflict, letter):
    db.execute("select discard_dlq(%s, 'ada@example.com asked for it')", (conflict.id,))

    assert letter(conflict.id).last_error == "… asked for it"
