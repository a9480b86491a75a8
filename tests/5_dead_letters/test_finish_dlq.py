import pytest


@pytest.fixture
def claimed(db):
    db.execute("select send_to_dlq('enrich', '{}', 'failed')")
    return db.one("select * from claim_dlq(1)")


def finish(db, claimed, error=None):
    with db.acting_as("pipeline_writer"):
        return db.value("select finish_dlq(%s, %s, %s)", claimed.id, claimed.token, error)


def test_without_an_error_it_is_done(db, claimed, letter):
    assert finish(db, claimed) == "redriven"
    assert letter(claimed.id).state == "redriven"


def test_with_an_error_it_waits_for_another_claim(db, claimed, letter):
    assert finish(db, claimed, "busy: +12135550123") == "waiting"

    kept = letter(claimed.id)
    assert (kept.state, kept.attempts, kept.last_error) == ("waiting", 1, "busy: …")
    assert kept.retry_after is not None


def test_a_late_finisher_is_told_that_it_is_stale(db, claimed, letter):
    db.execute("update pipeline_dlq set lease_until = now()")
    again = db.one("select * from claim_dlq(1)")

    assert finish(db, claimed) == "stale"
    assert letter(claimed.id).state == "claimed"
    assert finish(db, again) == "redriven"
    assert finish(db, again) == "stale"


def test_an_unknown_letter_is_refused(db):
    with db.refused("PF101"):
        db.execute("select finish_dlq(0, gen_random_uuid())")


def test_a_letter_that_nobody_claimed_is_not_finished(db):
    letter = db.value("select send_to_dlq('enrich', '{}', 'no answer')")

    assert db.value("select finish_dlq(%s, null)", letter) == "stale"
    assert db.value("select state from pipeline_dlq") == "waiting"
