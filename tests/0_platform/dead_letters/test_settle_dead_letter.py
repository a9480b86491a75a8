from datetime import timedelta

import pytest


@pytest.fixture
def settle(db, clock):
    """``settle(id, outcome, message)`` at the clock's time."""
    return lambda id, outcome, message=None: db.execute(
        "select settle_dead_letter(q, (%s, %s, null, null)::redrive_result, %s) from pipeline_dlq as q where id = %s",
        (outcome, message, clock.now, id),
    )


@pytest.fixture
def id(db):
    return db.value("select add_dead_letter('enrich', '{}', 'failed', null)")


def test_what_failed_waits_longer_each_time_and_at_most_six_hours(db, clock, id, letter, settle):
    for attempt in range(1, 13):
        settle(id, "waiting", "again")

        kept = letter(id)
        assert (kept.state, kept.attempts, kept.last_error) == ("waiting", attempt, "again")
        assert clock.now <= kept.retry_after <= clock.now + min(timedelta(seconds=30 * 2**attempt), timedelta(hours=6))


def test_the_waits_are_spread(db, clock, id, letter, settle):
    waits = set()
    for _ in range(10):
        settle(id, "waiting")
        waits.add(letter(id).retry_after)

    assert len(waits) == 10


def test_a_claim_s_try_is_counted_once(db, clock, id, letter, settle):
    db.execute("select claim_dlq(1, '5 min', null, false, %s)", (clock.now,))

    settle(id, "waiting", "again")

    kept = letter(id)
    assert (kept.attempts, kept.lease_token, kept.lease_until) == (1, None, None)


@pytest.mark.parametrize(("outcome", "kept"), [("redriven", None), ("discarded", "the message")])
def test_what_is_final_has_its_state_and_its_event(db, clock, id, letter, settle, outcome, kept):
    settle(id, outcome, "the message")

    assert (letter(id).state, letter(id).last_error, letter(id).retry_after) == (outcome, kept, None)
    event = db.one("select * from pipeline_events where stage = 'dlq'")
    assert (event.source, event.detail) == ("enrich", {"letter": id, "outcome": outcome})


def test_the_id_of_a_lead_in_the_message_is_kept(db, id, letter, settle):
    settle(id, "waiting", "its MAK is lead 01234567-8901-7234-8567-890123456789's")

    assert letter(id).last_error == "its MAK is lead 01234567-8901-7234-8567-890123456789's"
