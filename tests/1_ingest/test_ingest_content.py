"""What both paths do once the content is trusted."""

import hashlib

CALL = "select * from ingest_content(%s, %s, %s, %s, %s)"


def test_it_guards_stages_and_merges(db, clock):
    receipt = db.one(CALL, "vendor", b"mak\n0000000001\n", "leads.csv", "msg_1", clock.now)

    guard = db.one("select * from ingest_replay_guard")
    assert guard.content_sha256 == hashlib.sha256(b"mak\n0000000001\n").hexdigest()
    assert (guard.source, guard.message_id, guard.upload_id) == ("vendor", "msg_1", receipt.upload_id)
    upload = db.one("select * from uploads")
    assert (upload.id, upload.status, upload.bytes) == (receipt.upload_id, "done", 15)
    assert upload.staged_ms >= 0
    event = db.one("select * from pipeline_events where stage = 'upload'")
    assert (event.upload_id, event.source, event.duration_ms >= 0) == (upload.id, "vendor", True)
    assert not db.rows("select from leads_staging")


def test_the_same_content_is_merged_once_whoever_sends_it(db, clock):
    first = db.one(CALL, "vendor", b"mak\n0000000001\n", "leads.csv", None, clock.now)

    assert db.one(CALL, "other", b"mak\n0000000001\n", "again.csv", "msg_1", clock.now) == first
    assert db.one("select source, upload_id from pipeline_events where stage = 'replayed'") == (
        "other",
        first.upload_id,
    )


def test_what_can_not_be_read_leaves_no_guard(db, clock):
    assert db.one(CALL, "vendor", b"", None, "msg_1", clock.now).status == 400
    assert not db.rows("select from ingest_replay_guard")


def test_a_name_that_is_no_column_leaves_nothing_staged(db, clock):
    answer = db.one(CALL, "vendor", b"colour\nred\n", None, None, clock.now)

    assert (answer.status, answer.outcome) == (422, "unknown_header")
    assert not db.rows("select from leads_staging")


def test_an_error_that_is_not_the_file_s_passes(db, clock):
    db.execute("delete from settings where key = 'max_field_bytes'")

    with db.refused("PF005"):
        db.execute(CALL, ("vendor", b"mak\n0000000001\n", None, None, clock.now))


def test_a_value_that_cannot_be_stored_is_answered_and_its_message_tells_nothing(db):
    db.execute("create function pg_temp.refuse() returns trigger language plpgsql as $$ begin"
               " raise numeric_value_out_of_range using message = 'secret'; end $$")  # fmt: skip
    db.execute("create trigger refuse before insert on leads for each row execute function pg_temp.refuse()")

    receipt = db.ingest("mak\n0000000001\n")

    assert (receipt.status, receipt.outcome) == (400, "unstorable")
    assert "22003" in receipt.message and "secret" not in receipt.message
    assert db.value("select count(*) from leads_staging") == 0
