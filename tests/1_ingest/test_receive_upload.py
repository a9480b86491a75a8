"""The signed path at its boundary: a service calls it, now; two may call it at once."""

from datetime import datetime, timezone

import psycopg
import pytest
from psycopg.types.json import Jsonb

CALL = "select * from receive_upload(%s, %s)"


def now():
    return datetime.now(timezone.utc)


def test_a_writer_may_call_it(db, sender):
    with db.acting_as("pipeline_writer"):
        receipt = db.one(CALL, sender.csv, Jsonb(sender.headers(sender.csv, sent=now())))

    assert (receipt.status, receipt.rows_new) == (200, 2)


@pytest.mark.parametrize("role", ["pipeline_broker", "pipeline_reader"])
def test_nobody_else_may(db, sender, role):
    with db.refused("42501"), db.acting_as(role):
        db.execute(CALL, (sender.csv, Jsonb({})))


def test_the_time_is_the_server_s(db, sender, clock):
    clock.set("2026-03-09 06:00")

    assert db.one(CALL, sender.csv, Jsonb(sender.headers(sender.csv))).status == 401


def test_none_of_what_is_behind_it_is_a_writer_s(db):
    reachable = {
        row[0]
        for row in db.rows(
            """
            select p.proname
              from pg_proc as p
              join code_objects as o on o.identity like p.proname || '(%%' and o.file like '1\\_ingest/%%'
             where p.pronamespace = quote_ident(current_schema())::regnamespace
               and has_function_privilege('pipeline_writer', p.oid, 'execute')
            """.replace("%%", "%")
        )
    }

    assert reachable == {
        "receive_upload", "ingest_csv", "parse_csv", "begin_upload", "finish_upload", "discard_upload",
    }  # fmt: skip


def test_of_two_at_once_with_the_same_content_one_works_and_both_get_its_receipt(clone, connect, new_sender):
    sender = new_sender(clone)
    first, second = connect("pipeline_writer"), connect("pipeline_writer")
    honest = [Jsonb(sender.headers(sender.csv, message_id=name, sent=now())) for name in ("msg_1", "msg_2")]

    with first.transaction():
        receipt = first.one(CALL, sender.csv, honest[0])
        waiting = second.in_background(CALL, sender.csv, honest[1]).wait_until_blocked(clone)

    assert waiting.result() == [receipt]
    assert receipt.status == 200
    assert clone.value("select count(*) from leads") == 2
    assert clone.value("select count(*) from uploads") == 1
    assert [row.stage for row in clone.rows("select stage from pipeline_events order by id")].count("replayed") == 1


def test_if_the_first_of_two_fails_the_second_does_the_work(clone, connect, new_sender):
    sender = new_sender(clone)
    first, second = connect("pipeline_writer"), connect("pipeline_writer")
    honest = Jsonb(sender.headers(sender.csv, sent=now()))

    with pytest.raises(psycopg.errors.RaiseException), first.transaction():
        first.one(CALL, sender.csv, honest)
        waiting = second.in_background(CALL, sender.csv, honest).wait_until_blocked(clone)
        first.execute("do $$ begin raise exception 'the first one fails'; end $$")

    (receipt,) = waiting.result()
    assert (receipt.status, receipt.rows_new) == (200, 2)
    assert clone.value("select count(*) from uploads") == 1
    assert not clone.rows("select from leads_staging")
