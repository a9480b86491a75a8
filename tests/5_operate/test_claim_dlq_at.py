from datetime import timedelta

import pytest


def claim(db, limit=10, lease="5 min", source=None, opened=False):
    return db.rows(
        "select * from claim_dlq_at(%s, %s::interval, %s, %s, %s)", limit, lease, source, opened, db.clock.now
    )


@pytest.fixture
def bury(db):
    """``bury(3)``: so many dead letters of a source. Returns their ids."""
    return lambda count=1, source="enrich": [
        db.value("select add_dead_letter(%s, '{}', 'failed', null)", source) for _ in range(count)
    ]


def test_each_letter_is_handed_to_one_caller_for_the_lease(db, clock, bury):
    ids = bury(3)

    assert [claimed.id for claimed in claim(db, 2)] == ids[:2]
    assert [claimed.id for claimed in claim(db, 2)] == ids[2:]
    assert claim(db) == []


def test_a_lease_that_ran_out_is_claimed_again_with_another_token(db, clock, bury):
    bury()
    (before,) = claim(db)

    clock.move(minutes=4)
    assert claim(db) == []
    clock.move(minutes=1)
    (again,) = claim(db)

    assert (again.id, again.attempts) == (before.id, 2)
    assert again.token != before.token


def test_one_source_can_be_asked_for(db, clock, bury):
    bury(1, "reply")
    (wanted,) = bury(1, "enrich")

    assert [claimed.id for claimed in claim(db, source="enrich")] == [wanted]


def test_what_is_not_due_is_left(db, clock, bury):
    bury()
    db.execute("update pipeline_dlq set retry_after = %s", (clock.now + timedelta(seconds=1),))

    assert claim(db) == []
    clock.move(seconds=1)
    assert len(claim(db)) == 1


@pytest.mark.parametrize("state", ["redriven", "discarded"])
def test_what_is_decided_is_left(db, clock, bury, state):
    bury()
    db.execute("update pipeline_dlq set state = %s", (state,))

    assert claim(db) == []


def test_after_eight_attempts_it_is_left_to_a_person(db, clock, bury):
    bury()
    for attempt in range(1, 9):
        assert [claimed.attempts for claimed in claim(db)] == [attempt]
        clock.move(hours=7)

    assert claim(db) == []
    assert db.one("select waiting, claimed, exhausted from dlq_summary") == (1, 0, 1)


@pytest.mark.parametrize("arguments", ["null, '5 min'", "-1, '5 min'", "5, null", "5, '0'", "5, '-1 min'"])
def test_a_claim_without_limit_or_lease_is_refused(db, clock, arguments):
    with db.refused("PF109"):
        db.execute(f"select * from claim_dlq_at({arguments}, null, false, now())")


def test_two_claimers_never_get_the_same_letter(clone, connect, clock):
    for _ in range(3):
        clone.execute("select add_dead_letter('enrich', '{}', 'failed', null)")
    first, second = connect("pipeline_writer"), connect("pipeline_writer")

    with first.transaction():
        mine = first.rows("select * from claim_dlq(2)")
        theirs = second.rows("select * from claim_dlq(10)")

    assert (len(mine), len(theirs)) == (2, 1)
    assert not {claimed.id for claimed in mine} & {claimed.id for claimed in theirs}
    assert second.rows("select * from claim_dlq(10)") == []


def test_a_claimer_that_is_lost_holds_nothing_beyond_its_lease(clone, connect, clock):
    clone.execute("select add_dead_letter('enrich', '{}', 'failed', null)")
    lost = connect()
    (before,) = claim(lost)
    lost.close()

    clock.move(minutes=5)

    assert [claimed.id for claimed in claim(clone)] == [before.id]


def test_rows_and_files_that_need_a_person_are_claimed_only_by_name(db, clock, bury):
    (polled,) = bury()
    db.ingest("mak,first name\n,Ada\n")
    db.ingest("no file")
    asked = [row.id for row in db.rows("select id from pipeline_dlq where source = 'upload' order by id")]

    assert [claimed.id for claimed in claim(db)] == [polled]
    assert db.value("select max(attempts) from pipeline_dlq where source = 'upload'") == 0
    assert [claimed.id for claimed in claim(db, source="upload")] == asked
