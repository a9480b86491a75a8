"""The signed path at its boundary: a service calls it, now; two may call it at once."""

import base64
import json
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


def test_a_file_signed_by_any_scheme_is_merged(db, any_sender):
    receipt = any_sender.send()

    assert (receipt.status, receipt.rows_new) == (200, 2)
    has_id = any_sender.scheme in ("standard", "github")
    assert db.value("select message_id from uploads") == ("msg_1" if has_id else None)
    assert any_sender.send(any_sender.csv + b" ", key=b"a wrong key, but long enough").status == 401


def test_a_signed_file_is_merged(db, sender):
    receipt = sender.send()

    assert (receipt.status, receipt.outcome, receipt.rows_read, receipt.rows_new) == (200, "merged", 2, 2)
    upload = db.one("select * from uploads")
    assert (upload.source, upload.file_name, upload.message_id) == ("vendor", "leads.csv", "msg_1")
    assert upload.received_at == db.clock.now
    assert not db.rows("select from leads_staging")


def test_a_replay_gets_the_first_receipt_and_changes_nothing(db, sender):
    first = sender.send()
    leads = db.rows("select * from leads order by id")

    assert sender.send() == first
    assert sender.send(message_id="msg_2") == first
    assert db.rows("select * from leads order by id") == leads
    assert db.value("select count(*) from uploads") == 1
    assert (
        db.value("select count(*) from pipeline_events where stage = 'replayed' and upload_id = %s", first.upload_id)
        == 2
    )


def test_a_message_id_counts_for_one_content_only(db, sender):
    sender.send()

    again = sender.send(sender.csv + b"0000000003,Cy,\n")

    assert (again.status, again.outcome, again.upload_id) == (422, "message_id_reused", None)
    assert db.value("select count(*) from leads") == 2
    assert sender.refusals() == ["message_id_reused"]


def test_another_source_may_use_the_same_message_id(db, sender, new_sender):
    sender.send()

    assert new_sender(db, "other").send(b"mak\n0000000009\n").status == 200


def forged_body(sender, headers):
    return sender.csv + b" ", headers


def forged_signature(sender, headers):
    signature = base64.b64encode(bytes(32)).decode()
    return sender.csv, headers | {"webhook-signature": f"v1,{signature}"}


def other_version(sender, headers):
    return sender.csv, headers | {"webhook-signature": headers["webhook-signature"].replace("v1,", "v2,")}


def no_signature_at_all(sender, headers):
    return sender.csv, headers | {"webhook-signature": "none"}


def other_message_id(sender, headers):
    return sender.csv, headers | {"webhook-id": "msg_2"}


def unknown_source(sender, headers):
    return sender.csv, headers | {"x-pgfunnel-source": "nobody"}


def another_key(sender, headers):
    return sender.csv, sender.headers(sender.csv, key=bytes(32))


def late(sender, headers):
    old = sender.db.clock.now.replace(year=2025)
    return sender.csv, sender.headers(sender.csv, sent=old)


def no_time(sender, headers):
    return sender.csv, headers | {"webhook-timestamp": "yesterday"}


def expired_secret(sender, headers):
    sender.db.execute("update webhook_secrets set valid_until = %s", (sender.db.clock.now,))
    return sender.csv, headers


def another_scheme(sender, headers):
    other = type(sender)(sender.db, "other", "github")
    return sender.csv, other.headers(sender.csv) | {"x-pgfunnel-source": "vendor"}


def another_scheme_of_an_unknown_source(sender, headers):
    return sender.csv, another_scheme(sender, headers)[1] | {"x-pgfunnel-source": "nobody"}


FORGERIES = [
    forged_body, forged_signature, other_version, no_signature_at_all, other_message_id, unknown_source, another_key,
    another_scheme, another_scheme_of_an_unknown_source, expired_secret, late, no_time,
]  # fmt: skip


def test_every_forgery_gets_one_and_the_same_answer_and_leaves_an_event(db, sender):
    answers = {sender.send_as_is(*forge(sender, sender.headers(sender.csv))) for forge in FORGERIES}

    (answer,) = answers
    assert (answer.status, answer.outcome, answer.upload_id) == (401, "unauthorized", None)
    assert sender.refusals() == ["bad_signature"] * (len(FORGERIES) - 2) + ["untimely"] * 2
    assert not db.rows("select from leads")
    assert not db.rows("select from uploads")


@pytest.mark.parametrize("off", [-300, 300])
def test_up_to_five_minutes_off_is_timely(db, sender, clock, off):
    headers = sender.headers(sender.csv)
    clock.move(seconds=off)

    assert sender.send_as_is(sender.csv, headers).status == 200


@pytest.mark.parametrize("off", [-301, 301])
def test_a_second_more_is_not(db, sender, clock, off):
    headers = sender.headers(sender.csv)
    clock.move(seconds=off)

    assert sender.send_as_is(sender.csv, headers).status == 401
    assert sender.refusals() == ["untimely"]


def test_one_good_signature_of_several_is_enough(db, sender):
    headers = sender.headers(sender.csv)
    wrong = "v1," + base64.b64encode(bytes(32)).decode()
    headers["webhook-signature"] = f"v1a,x {wrong} {headers['webhook-signature']} v1,short"

    assert sender.send_as_is(sender.csv, headers).status == 200


@pytest.mark.parametrize("name", ["x-pgfunnel-source", "webhook-id", "webhook-timestamp", "webhook-signature"])
def test_a_header_that_is_missing_or_there_twice_is_a_bad_request(db, sender, name):
    headers = sender.headers(sender.csv)
    without = {key: value for key, value in headers.items() if key != name}
    twice = headers | {name.upper(): headers[name]}

    for sent in (without, twice):
        answer = sender.send_as_is(sender.csv, sent)
        assert (answer.status, answer.outcome) == (400, "bad_headers")
        assert "webhook_schemes" in answer.message
    assert sender.refusals() == ["bad_headers"] * 2


@pytest.mark.parametrize("headers", [None, [], "text", 1, {}])
def test_headers_that_are_none_are_a_bad_request(db, sender, headers):
    assert sender.send_as_is(sender.csv, headers).status == 400


def test_the_time_given_decides_and_is_all_that_is_recorded(db, sender, clock):
    headers = sender.headers(sender.csv)
    sent = clock.now

    late = clock.move(seconds=301)
    assert sender.send_as_is(sender.csv, headers).status == 401
    timely = clock.move(seconds=-1)
    assert sender.send_as_is(sender.csv, headers).status == 200

    assert timely > sent
    assert db.one("select received_at, finished_at from uploads") == (timely, timely)
    assert db.value("select received_at from ingest_replay_guard") == timely
    times = db.rows("select distinct stage, occurred_at from pipeline_events order by stage")
    assert [row.occurred_at for row in times] == [late if row.stage == "refused" else timely for row in times]


def test_without_a_body_it_is_a_bad_request(db, sender):
    assert sender.send_as_is(None, sender.headers(b"")).status == 400


@pytest.mark.parametrize("message_id", ["msg.1", "", "two words", "x" * 256])
def test_a_message_id_that_could_be_read_in_two_ways_is_a_bad_request(db, sender, message_id):
    answer = sender.send(message_id=message_id)

    assert (answer.status, answer.outcome) == (400, "bad_headers")


def test_the_time_can_not_be_moved_into_the_id(db, sender):
    # "a.1" at 2 and "a" at "1.2" would be the same signed text
    assert sender.send(message_id=f"msg.{int(db.clock.now.timestamp())}").status == 400


def test_a_header_s_name_is_read_in_any_case(db, sender):
    headers = {name.title(): value for name, value in sender.headers(sender.csv).items()}

    assert sender.send_as_is(sender.csv, headers).status == 200


def test_a_body_above_the_limit_is_refused_before_it_is_hashed(db, sender):
    db.execute("update settings set value = %s where key = 'max_upload_bytes'", (str(len(sender.csv)),))

    assert sender.send(sender.csv + b" ").status == 413
    assert sender.send(sender.csv).status == 200
    assert sender.refusals() == ["too_large"]


def test_a_broken_file_leaves_its_row_a_dead_letter_and_an_event_and_may_come_again(db, sender):
    broken = b'mak,first name\n0000000001,"Ada\n'

    answer = sender.send(broken)

    assert (answer.status, answer.outcome, answer.rows_read) == (400, "unclosed_quote", 0)
    assert "line 2" in answer.message
    upload = db.one("select * from uploads")
    assert (upload.id, upload.status, upload.outcome) == (answer.upload_id, "refused", "unclosed_quote")
    letter = db.one("select * from pipeline_dlq")
    assert (letter.upload_id, letter.reason) == (answer.upload_id, answer.message)
    assert sender.refusals() == ["unclosed_quote"]
    assert not db.rows("select from ingest_replay_guard")

    # the same bytes may come again, under the same id, and so may the mended ones
    assert sender.send(broken).status == 400
    assert sender.send(broken.replace(b'"', b"")).status == 200


def test_nothing_of_a_person_rests_in_clear(db, sender):
    personal = "Zebedee,zebedee@example.com,(213) 555-0199"
    rows = f"mak,first name,email,phone\n0000000001,{personal}\n,{personal}\n0000000002,{personal},more\n"

    sender.send(rows.encode())
    sender.send(rows.replace("Zebedee", '"Zebedee').encode(), message_id="msg_2")

    assert db.value("select count(*) from pipeline_dlq") == 3
    kept = db.rows(
        """
        select to_jsonb(q) - 'sealed' from pipeline_dlq as q
        union all
        select to_jsonb(e) from pipeline_events as e
        union all
        select to_jsonb(u) from uploads as u
        union all
        select to_jsonb(r) from upload_rows as r
        union all
        select to_jsonb(l) from leads as l
        union all
        select to_jsonb(s) from leads_staging as s
        """
    )
    text = json.dumps([row[0] for row in kept]).lower()
    assert not [word for word in ("zebedee", "5550199", "555-0199") if word in text]


def test_an_unknown_sender_is_named_in_the_event_by_a_hundred_characters_at_most(db, sender):
    sender.send_as_is(sender.csv, sender.headers(sender.csv) | {"x-pgfunnel-source": "n" * 5000})

    assert db.value("select source from pipeline_events where stage = 'refused'") == "n" * 100


def numbered(n):
    return f"mak\n{n + 1:010}\n".encode()


def test_above_its_rate_a_source_is_told_to_wait_and_nothing_of_it_is_kept(db, sender, new_sender, clock):
    db.execute("update settings set value = '2' where key = 'uploads_per_minute'")
    sent = [sender.send(numbered(n), message_id=f"msg_{n}") for n in range(3)]

    assert [answer.status for answer in sent] == [200, 200, 429]
    assert (sent[2].outcome, sent[2].upload_id) == ("too_many", None)
    assert (db.value("select count(*) from uploads"), db.value("select count(*) from leads")) == (2, 2)
    assert sender.refusals() == ["too_many"]
    assert new_sender(db, "other").send(numbered(9)).status == 200

    clock.move(minutes=1)
    assert sender.send(numbered(2), message_id="msg_2").status == 200


def test_noise_and_replays_do_not_use_up_a_source_s_rate(db, sender):
    db.execute("update settings set value = '2' where key = 'uploads_per_minute'")
    sender.send(numbered(1))
    for n in range(5):
        assert sender.send(numbered(n), message_id=f"noise_{n}", key=bytes(32)).status == 401
        assert sender.send(numbered(1)).status == 200

    assert sender.send(numbered(2), message_id="msg_2").status == 200


def test_a_rejected_upload_may_be_sent_again_after_mending_the_secret(db, sender):
    new = bytes(range(200, 232))
    assert sender.send(key=new).status == 401

    sender.set_secret(new)

    assert (sender.send(key=new).status, sender.send(key=new).rows_new) == (200, 2)
    assert db.value("select count(*) from uploads") == 1


def test_what_is_a_bad_request_does_not_depend_on_what_sources_there_are(db, sender, new_sender):
    honest = [new_sender(db, f"by {name}", name).headers(sender.csv) for name in ("github", "stripe")]
    requests = [sender.headers(sender.csv), *honest]
    requests += [{key: h[key] for key in h if key != name} for h in requests for name in h]

    def statuses(source):
        named = [h | {"x-pgfunnel-source": source} for h in requests if "x-pgfunnel-source" in h]
        return [sender.send_as_is(b"forged", headers).status for headers in named]

    assert statuses("nobody") == statuses("vendor") == statuses("by github") == statuses("by stripe")
    assert set(statuses("nobody")) == {400, 401}


def test_it_is_the_owner_s_alone(db, sender):
    for role in ("pipeline_writer", "pipeline_broker", "pipeline_reader"):
        with db.refused("42501"), db.acting_as(role):
            db.execute("select receive_upload('', %s, now())", (Jsonb({}),))
