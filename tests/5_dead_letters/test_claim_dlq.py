from datetime import timedelta

import pytest


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


def claim(db, limit=10, lease="5 min", source=None, opened=False):
    return db.rows("select * from claim_dlq(%s, %s::interval, %s, %s, %s)", limit, lease, source, opened, db.clock.now)


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
    with db.refused("PF086"):
        db.execute(f"select * from claim_dlq({arguments}, null, false, now())")


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


def test_one_that_does_not_open_keeps_no_other_from_being_handed_out(db, clock):
    ids = [db.value("select add_dead_letter('enrich', '{}', 'failed', null, %s)", '{"name": "Ada"}') for _ in range(3)]
    db.execute("update pipeline_dlq set sealed = sealed || '\\x00' where id = %s", (ids[1],))

    found = claim(db, opened=True)

    assert [(row.id, row.personal) for row in found] == [
        (ids[0], {"name": "Ada"}), (ids[1], None), (ids[2], {"name": "Ada"}),
    ]  # fmt: skip
    problem = "what is personal of it does not open; it needs data key 1 (PF011)"
    assert [row.last_error for row in found] == [None, problem, None]
    assert db.value("select last_error from pipeline_dlq where id = %s", ids[1]) == problem


def test_those_without_a_time_come_first_and_then_the_longest_due(db, clock, bury):
    late, early, timeless = bury(3)
    for letter, minutes in ((late, 1), (early, 2)):
        db.execute(
            "update pipeline_dlq set retry_after = %s where id = %s", (clock.now - timedelta(minutes=minutes), letter)
        )

    assert [claim(db, 1)[0].id for _ in range(3)] == [timeless, early, late]


@pytest.mark.parametrize("opened", [True, False, None])
def test_the_event_tells_what_was_opened_and_to_whom(db, clock, bury, opened):
    ids = bury(2)

    claim(db, source="enrich", opened=opened)

    event = db.one("select * from pipeline_events where stage = 'dlq'")
    assert (event.occurred_at, event.source, event.rows) == (clock.now, "enrich", 2)
    told = {"letters": ids, "by": db.value("select session_user::text")} if opened else {}
    assert event.detail == {"outcome": "claimed", "opened": bool(opened)} | told


def test_nothing_claimed_is_no_event(db, clock):
    assert claim(db) == []
    assert db.value("select count(*) from pipeline_events where stage = 'dlq'") == 0


def test_what_is_personal_stays_closed_unless_asked_for(db, clock):
    db.value("select add_dead_letter('enrich', '{}', 'failed', null, %s)", '{"name": "Ada"}')

    (claimed,) = claim(db, opened=False)

    assert claimed.personal is None
