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


def test_a_transaction_held_open_does_not_keep_an_old_signature_timely(clone, connect, new_sender):
    sender = new_sender(clone)
    clone.execute("update settings set value = '0.5 s' where key = 'signature_tolerance'")
    service = connect("pipeline_writer")

    with service.transaction():
        sent = service.value("select date_trunc('second', now()) + interval '1 second'")
        headers = Jsonb(sender.headers(sender.csv, sent=sent))
        # the transaction's time stays while the clock goes on
        while service.value("select clock_timestamp() <= %s + interval '0.5 s'", sent):
            pass
        assert service.value("select now() < %s", sent)
        assert service.one(CALL, sender.csv, headers).status == 401


@pytest.mark.parametrize("name", ["utf-16", "utf-8-sig", "cp1252"])
def test_what_the_caller_s_session_makes_of_literals_does_not_matter(clone, connect, new_sender, name):
    sender = new_sender(clone)
    service = connect("pipeline_writer")
    service.execute("set standard_conforming_strings = off")
    service.execute("set escape_string_warning = off")
    columns = "mak,first name,property address,city,state,zip"
    body = f'{columns}\r\n0000000001,"Zoë\\",12-1/2 Main St,Ojai,CA,93023\r\n'.encode(name)

    receipt = service.one(CALL, body, Jsonb(sender.headers(body, sent=now())))

    assert (receipt.status, receipt.rows_new) == (200, 1), receipt.message
    lead = clone.one("select lead_pii(id) ->> 'first_name' as first_name, addr_hash from leads")
    assert lead.first_name == "Zoë\\"
    assert lead.addr_hash == clone.value("select address_hash('12-1/2 Main St', null, 'Ojai', 'CA', '93023')")


def test_who_waits_longer_than_his_lock_timeout_is_told_to_come_again(clone, connect, new_sender):
    sender = new_sender(clone)
    first = connect("pipeline_writer")
    second = connect("pipeline_writer")
    second.execute("set lock_timeout = '10ms'")
    honest = Jsonb(sender.headers(sender.csv, sent=now()))

    with first.transaction():
        receipt = first.one(CALL, sender.csv, honest)
        answer = second.one(CALL, sender.csv, honest)

    assert (answer.status, answer.outcome, answer.upload_id) == (409, "in_progress", None)
    assert sender.refusals() == ["in_progress"]
    assert second.one(CALL, sender.csv, honest) == receipt


@pytest.mark.parametrize("level", ["repeatable read", "serializable"])
def test_above_read_committed_the_second_of_two_must_run_again_and_then_gets_the_first_receipt(
    clone, connect, new_sender, level
):
    sender = new_sender(clone)
    first, second = connect("pipeline_writer"), connect("pipeline_writer")
    for connection in (first, second):
        connection.execute(f"set default_transaction_isolation = '{level}'")
    honest = Jsonb(sender.headers(sender.csv, sent=now()))

    with first.transaction():
        receipt = first.one(CALL, sender.csv, honest)
        waiting = second.in_background(CALL, sender.csv, honest).wait_until_blocked(clone)

    with pytest.raises(psycopg.errors.SerializationFailure):
        waiting.result()
    assert second.one(CALL, sender.csv, honest) == receipt
    assert clone.value("select count(*) from uploads") == 1


def test_two_at_once_with_one_message_id_and_other_content_get_200_and_422(clone, connect, new_sender):
    sender = new_sender(clone)
    first, second = connect("pipeline_writer"), connect("pipeline_writer")
    other = sender.csv + b"0000000003,Cy,\n"

    with first.transaction():
        assert first.one(CALL, sender.csv, Jsonb(sender.headers(sender.csv, sent=now()))).status == 200
        waiting = second.in_background(CALL, other, Jsonb(sender.headers(other, sent=now()))).wait_until_blocked(clone)

    assert [(row.status, row.outcome) for row in waiting.result()] == [(422, "message_id_reused")]
    assert clone.value("select count(*) from leads") == 2


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
