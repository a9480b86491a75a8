from datetime import timedelta

import pytest


@pytest.fixture
def claimed(db, clock):
    db.execute("select add_dead_letter('enrich', '{}', 'failed', null)")
    return db.one("select * from claim_dlq(1, '5 min', null, false, %s)", clock.now)


def lock(db, id, token=None):
    return db.value("select (lock_dead_letter(%s, %s, %s)).id", id, token, db.clock.now)


def test_the_claimer_has_it_by_its_token(db, clock, claimed):
    assert lock(db, claimed.id, claimed.token) == claimed.id
    with db.refused("PF103"):
        lock(db, claimed.id)


def test_after_the_lease_anybody_may_and_the_token_still_does_until_another_claims(db, clock, claimed):
    clock.move(minutes=5)

    assert lock(db, claimed.id) == lock(db, claimed.id, claimed.token) == claimed.id

    db.execute("select claim_dlq(1, '5 min', null, false, %s)", (clock.now,))
    with db.refused("PF103"):
        lock(db, claimed.id, claimed.token)


@pytest.mark.parametrize("state", ["redriven", "discarded"])
def test_what_is_decided_stays_so(db, clock, claimed, state):
    db.execute("update pipeline_dlq set state = %s", (state,))

    with db.refused("PF102"):
        lock(db, claimed.id, claimed.token)


@pytest.mark.parametrize("id", [0, None])
def test_an_unknown_letter_is_refused(db, clock, id):
    with db.refused("PF101"):
        lock(db, id)


def test_nobody_waits_for_who_works_on_it(clone, connect, clock):
    id = clone.value("select add_dead_letter('enrich', '{}', 'failed', null)")
    other = connect()

    with clone.transaction():
        lock(clone, id)
        with other.refused("PF103"):
            lock(other, id)

    assert lock(other, id) == id


def test_the_lease_ends_at_its_time(db, clock, claimed):
    assert claimed.lease_until == clock.now + timedelta(minutes=5)
    clock.move(minutes=4, seconds=59)
    with db.refused("PF103"):
        lock(db, claimed.id)
