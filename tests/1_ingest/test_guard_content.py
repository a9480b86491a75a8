"""Content is taken in once, whoever sends it, whatever way it comes."""

from psycopg.types.json import Jsonb

CALL = "select guard_content(jsonb_populate_record(null::uploads, %s), %s)"


def upload(number, content, clock, source="vendor", message_id=None):
    return Jsonb(
        {
            "id": f"00000000-0000-0000-0000-00000000000{number}",
            "source": source,
            "message_id": message_id,
            "content_sha256": content,
            "received_at": clock.now.isoformat(),
        }
    )


def guarded(db, *given, **more):
    found = db.value(CALL, upload(*given, db.clock, **more), db.clock.now)
    return found and int(str(found)[-1])


def test_a_content_belongs_to_the_upload_that_brought_it_first(db):
    assert guarded(db, 1, "a") == 1
    assert guarded(db, 2, "a", source="other") == 1
    assert guarded(db, 3, "b") == 3

    event = db.one("select * from pipeline_events")
    assert (event.stage, event.source, str(event.upload_id)[-1], event.occurred_at) == (
        "replayed", "other", "1", db.clock.now,
    )  # fmt: skip


def test_a_message_id_is_of_one_content_of_its_source(db):
    assert guarded(db, 1, "a", message_id="msg_1") == 1
    assert guarded(db, 2, "b", message_id="msg_1") is None
    assert guarded(db, 3, "b", message_id="msg_1", source="other") == 3


def test_if_the_first_upload_is_reverted_at_that_moment_the_content_is_taken_in(db, copier):
    # its row is in the way of the insert, and gone when it is looked up
    db.execute("create temp sequence tries")
    db.execute(
        """
        create function pg_temp.in_the_way() returns trigger language plpgsql as
        $$ begin if nextval('tries') % 2 = 1 then return null; end if; return new; end $$
        """
    )
    db.execute(
        "create trigger in_the_way before insert on ingest_replay_guard"
        " for each row execute function pg_temp.in_the_way()"
    )

    assert db.ingest("mak\n0000000001\n").status == 200
    assert copier.send("mak\n0000000002\n").status == 200
    assert db.value("select count(*) from leads") == 2
