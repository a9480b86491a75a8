"""The signed path as PostgREST calls it: a login that becomes anon, headers and status in settings of the transaction.

What it sets stands in docs.postgrest.org, Transactions: role, request.headers (a JSON object, names in lower case)
before the call, response.status and response.headers read after it; the body is the one unnamed argument.
"""

import json
import os
from datetime import datetime, timezone

import psycopg
import pytest


@pytest.fixture
def anon(clone):
    """A role that has nothing but this function."""
    role = f"pgfunnel_anon_{os.getpid()}"
    clone.execute(f"create role {role}")
    clone.execute(f"grant usage on schema funnel to {role}")
    clone.execute(f"grant execute on function lead_upload(bytea) to {role}")
    yield role
    clone.execute(f"drop owned by {role}")
    clone.execute(f"drop role {role}")


def post(connection, role, body, headers):
    """POST /rpc/lead_upload: one transaction. Returns the status, the response's headers and the JSON."""
    lower = headers if isinstance(headers, str) else json.dumps({k.lower(): v for k, v in headers.items()})
    with connection.transaction():
        for name, value in {
            "search_path": "funnel, public",
            "role": role,
            "request.jwt.claims": json.dumps({"role": role}),
            "request.method": "POST",
            "request.path": "/rpc/lead_upload",
            "request.headers": lower,
        }.items():
            connection.execute("select set_config(%s, %s, true)", (name, value))
        return connection.one(
            """
            with pgrst_source as (select lead_upload(%s::bytea) as answer)
            select answer,
                   nullif(current_setting('response.status', true), '') as status,
                   nullif(current_setting('response.headers', true), '') as headers
              from pgrst_source
            """,
            body,
        )


def honest(sender, body, **signed):
    browser = {"Host": "example.com", "Content-Type": "application/octet-stream", "User-Agent": "curl", "Accept": "*/*"}
    return browser | sender.headers(body, sent=datetime.now(timezone.utc), **signed)


def test_a_signed_body_is_merged_and_the_answer_has_every_field_of_the_receipt(clone, connect, new_sender, anon):
    sender = new_sender(clone)

    response = post(connect(), anon, sender.csv, honest(sender, sender.csv))

    assert (response.status, response.headers) == ("200", None)
    upload = clone.one("select * from uploads")
    assert response.answer == {
        "status": 200, "outcome": "merged", "message": upload.message, "upload_id": str(upload.id), "rows_read": 2,
        "rows_new": 2, "rows_merged": 0, "rows_duplicate": 0, "rows_rejected": 0, "rows_quarantined": 0,
    }  # fmt: skip


def test_the_bytes_are_the_body_s_whatever_they_are(clone, connect, new_sender, anon):
    sender = new_sender(clone, scheme="github")
    body = b"mak,first name\r\n0000000001," + bytes(range(0x20, 0x22)) + bytes(range(0x23, 0x100)) + b"\r\n"

    assert post(connect(), anon, body, honest(sender, body)).status == "200"
    assert clone.value("select content_sha256 = encode(sha256(%s), 'hex') from uploads", body)


@pytest.mark.parametrize(
    ("change", "status", "outcome"),
    [
        (lambda h: h | {"webhook-signature": "v1,forged"}, "401", "unauthorized"),
        (lambda h: {k: v for k, v in h.items() if k != "webhook-id"}, "400", "bad_headers"),
        (lambda h: "", "400", "bad_headers"),
        (lambda h: "not json", "400", "bad_headers"),
        (lambda h: '{"a":"\\u0000"}', "400", "bad_headers"),
        (lambda h: '{"a":"\\ud800"}', "400", "bad_headers"),
        (lambda h: '{"a":1e999999}', "400", "bad_headers"),
        (lambda h: "[" * 100_000, "400", "bad_headers"),
        (lambda h: "[1]", "400", "bad_headers"),
        (lambda h: '"x"', "400", "bad_headers"),
        (lambda h: "null", "400", "bad_headers"),
        (lambda h: h | {"webhook-signature": h["webhook-signature"] + " x" * 40_000}, "400", "bad_headers"),
        (lambda h: h | {"webhook-id": {"a": [1]}}, "400", "bad_headers"),
        (lambda h: h | {"webhook-id": "m2"}, "401", "unauthorized"),
        (lambda h: h | {"x-pgfunnel-source": "other"}, "401", "unauthorized"),
    ],
)
def test_what_is_refused_has_its_status_and_its_event_is_kept(
    clone, connect, new_sender, anon, change, status, outcome
):
    sender = new_sender(clone)

    response = post(connect(), anon, sender.csv, change(honest(sender, sender.csv)))

    assert (response.status, response.answer["outcome"]) == (status, outcome)
    assert response.answer["upload_id"] is None
    assert clone.value("select http_status from pipeline_events where stage = 'refused'") == int(status)
    assert not clone.rows("select from leads")


def test_above_its_rate_a_source_is_told_when_to_come_again(clone, connect, new_sender, anon):
    sender = new_sender(clone)
    clone.execute("update settings set value = '0' where key = 'uploads_per_minute'")

    response = post(connect(), anon, sender.csv, honest(sender, sender.csv))

    assert (response.status, response.headers) == ("429", '[{"Retry-After": "60"}]')


def test_without_postgrest_there_are_no_headers(db):
    assert db.value("select lead_upload('mak')")["status"] == 400


def test_on_a_pooled_connection_the_headers_of_the_request_before_are_gone(clone, connect, new_sender, anon):
    sender, pooled = new_sender(clone), connect()
    post(pooled, anon, sender.csv, honest(sender, sender.csv))

    # PostgreSQL leaves an empty text behind
    assert pooled.value("select current_setting('request.headers', true)") == ""
    assert pooled.value("select lead_upload(%s)", sender.csv)["status"] == 400


def test_it_has_one_argument_without_a_name_so_that_postgrest_hands_over_the_body(db):
    routine = db.one("select proargnames, proargtypes::text, provolatile from pg_proc where proname = 'lead_upload'")

    assert routine == (None, "17", "v")  # bytea; volatile: POST runs it read-write


@pytest.mark.parametrize("role", ["pipeline_writer", "pipeline_broker", "pipeline_reader"])
def test_nobody_may_call_it_until_the_owner_says_so(db, role):
    with db.refused("42501"), db.acting_as(role):
        db.execute("select lead_upload('mak')")


def test_who_may_upload_may_nothing_else(clone, connect, anon):
    caller = connect(anon)

    for query in ("select receive_upload('', '{}')", "select ingest_csv('vendor', 'mak')", "select from leads",
                  "select from webhook_secrets", "select from uploads", "select from pipeline_events"):  # fmt: skip
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            caller.execute(query)


def test_its_status_is_the_transaction_s_and_none_of_the_next_request(clone, connect, new_sender, anon):
    sender, connection = new_sender(clone), connect()

    assert post(connection, anon, sender.csv, honest(sender, sender.csv)).status == "200"

    assert not connection.value("select current_setting('response.status', true)")
