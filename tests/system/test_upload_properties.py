"""What holds for every upload, whatever comes in it: properties 1 to 5 of the design, over random files."""

from __future__ import annotations

import base64
import csv
import io
import string
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from psycopg.types.json import Jsonb
from senders import secret_of, signed_headers

DELIMITERS = [",", ";", "\t", "|"]
LINE_ENDS = ["\r\n", "\n", "\r"]
COUNTS = ("new", "merged", "duplicate", "rejected", "quarantined")
SEND = "select * from receive_upload(%s, %s, %s)"
REFUSED = {
    400: {"unclosed_quote", "not_text", "bad_encoding", "empty", "unstorable"},
    413: {"too_large"},
    422: {"unknown_header"},
}


# ---- random files -----------------------------------------------------------------------------------------------

VALUES = {
    "mak": st.sampled_from(["0000000001", "0000000002", "3.0", "3", "0000000000", "3.95E+08", "x"]),
    "fips": st.sampled_from(["06037", "6037", "48201", "99999", "county"]),
    "apn": st.sampled_from(["12-34", "1234", "12 35", "000", "1.23457E+11"]),
    "address": st.sampled_from(["12 Main St", "12 MAIN STREET", "14 Main St", "Main St", "12 St James Ct"]),
    "zip": st.sampled_from(["90012", "90012-1234", "90013", "9"]),
    "first name": st.sampled_from(["Ada", "Zoë", "O'Neil", '5" Bo', "two\nlines", "=1+1"]),
    "phone 1": st.sampled_from(["(213) 555-0101", "213.555.0102", "5550103", "call me"]),
    "phone 1 dnc": st.sampled_from(["Yes", "No", "maybe"]),
    "email 1": st.sampled_from(["ada@example.com", "BO@Example.com ", "nobody"]),
    "lead score": st.sampled_from(["7", "70.0", "101", "high"]),
    "results": st.sampled_from(["AS01", "AS02,AE08", "AS01,call 555-0100"]),
    "colour": st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6),
}  # fmt: skip


@st.composite
def files(draw: Any) -> tuple[str, str]:
    """A text and its delimiter: rows of the header's width, and a few that are shorter, longer, blank or junk."""
    header = draw(st.lists(st.sampled_from(list(VALUES)), min_size=2, max_size=8, unique=True))
    delimiter, end = draw(st.sampled_from(DELIMITERS)), draw(st.sampled_from(LINE_ENDS))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=draw(st.sampled_from([0, 1])))
    writer.writerow(header)
    for kind in draw(st.lists(st.sampled_from(["row"] * 6 + ["short", "long", "blank", "junk"]), max_size=10)):
        row = [draw(st.one_of(st.just(""), VALUES[name])) for name in header]
        if kind == "short":
            row.pop()
        if kind == "long":
            row.append(draw(st.sampled_from(["", "x"])))
        if kind == "blank":
            out.write(end)
        elif kind == "junk":
            out.write(draw(st.text(st.sampled_from('"ab, \r\n' + delimiter), max_size=8)) + end)
        else:
            writer.writerow(row)
    return out.getvalue(), delimiter


def lines_by_python(text: str, delimiter: str) -> list[int] | None:
    """The physical line on which each record after the header starts; None for a quote that is never closed."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    starts, line = [], 1
    for record in reader:
        if record:
            starts.append(line)
        line = reader.line_num + 1
    probe = list(csv.reader(io.StringIO(text + delimiter + "end", newline=""), delimiter=delimiter))
    return starts[1:] if probe[-1][-1] == "end" else None


# ---- 1: every row is accounted for ------------------------------------------------------------------------------


def assert_accounted(db: Any, receipt: Any, lines: list[int]) -> None:
    assert receipt.rows_read == len(lines) == sum(getattr(receipt, f"rows_{name}") for name in COUNTS)
    rows = db.rows("select * from upload_rows where upload_id = %s order by line_number", receipt.upload_id)
    assert [row.line_number for row in rows] == lines
    for name in COUNTS:
        assert sum(row.outcome == name for row in rows) == getattr(receipt, f"rows_{name}")
    letters = db.rows("select * from pipeline_dlq where upload_id = %s order by line_number", receipt.upload_id)
    aside = [row for row in rows if row.outcome in ("rejected", "quarantined")]
    assert [letter.line_number for letter in letters] == [row.line_number for row in aside]
    assert all(letter.reason and letter.hint and letter.sealed for letter in letters)
    known = {row[0] for row in db.rows("select id from leads")}
    assert {row.lead_id for row in rows if row not in aside} <= known
    assert {row.lead_id for row in aside} <= {None}
    assert db.rows("select from leads_staging") == []


@given(st.lists(files(), min_size=1, max_size=3))
def test_every_row_read_has_one_outcome(db, texts):
    with db.undone():
        for text, delimiter in texts:
            leads, lines = db.value("select count(*) from leads"), lines_by_python(text, delimiter)

            receipt = db.ingest(text)

            if lines is None:
                assert (receipt.status, receipt.outcome) == (400, "unclosed_quote")
                assert db.value("select count(*) from leads") == leads
            else:
                assert receipt.status == 200
                assert_accounted(db, receipt, lines)


@given(
    st.binary(max_size=60),
    st.sampled_from([b"", b"mak,address\n", b"\xef\xbb\xbfmak\tzip\r\n", b"\xff\xfe", b"\xfe\xff"]),
)
def test_any_bytes_are_merged_or_refused_as_a_whole(db, junk, start):
    with db.undone():
        receipt = db.ingest(start + junk)

        found = db.value("select count(*) from upload_rows")
        if receipt.status == 200:
            assert receipt.rows_read == found == sum(getattr(receipt, f"rows_{name}") for name in COUNTS)
        else:
            assert receipt.outcome in REFUSED[receipt.status]
            assert (found, receipt.rows_read, db.value("select count(*) from leads")) == (0, 0, 0)
            assert db.one("select reason, upload_id from pipeline_dlq") == (receipt.message, receipt.upload_id)
            assert db.value("select count(*) from pipeline_events where stage = 'refused'") == 1
            assert db.rows("select from ingest_replay_guard") == []
        assert db.rows("select from leads_staging") == []


# ---- 2: the same content is merged once -------------------------------------------------------------------------

CONTENTS = [b"mak,phone\n1,2135550101\n2,2135550102\n", b"mak,phone\n2,2135550103\n,\n", b'mak\n"1\n']
SENDINGS = st.lists(
    st.tuples(
        st.integers(0, len(CONTENTS) - 1),
        st.one_of(
            st.tuples(st.just("signed"), st.sampled_from(["vendor", "other"]), st.integers(0, 3)),
            st.tuples(st.just("trusted"), st.sampled_from(["vendor", "other", "third"]), st.integers(0, 3)),
        ),
    ),
    min_size=2,
    max_size=8,
)


@given(SENDINGS)
def test_the_same_content_is_merged_once_by_whatever_path_it_comes(db, clock, sendings):
    first: dict[int, Any] = {}  # content: its receipt
    used: dict[tuple[str, int], int] = {}  # source and message: the content that was merged
    with db.undone():
        for source in ("vendor", "other"):
            add_secret(db, source, KEY)
        for content, (path, source, number) in sendings:
            body, before = CONTENTS[content], everything(db)
            if path == "trusted":
                receipt = db.ingest(body, source, f"{number}.csv")
            else:
                headers = signed_headers(source, KEY, body, f"msg_{number}", int(clock.now.timestamp()))
                receipt = db.one(SEND, body, Jsonb(headers), clock.now)

            if content in first:
                assert receipt == first[content]
                assert everything(db) == before
            elif path == "signed" and (source, number) in used:
                assert (receipt.status, receipt.outcome, receipt.upload_id) == (422, "message_id_reused", None)
                assert everything(db) == before
            elif body == CONTENTS[2]:
                assert (receipt.status, receipt.outcome) == (400, "unclosed_quote")
                assert {t: rows for t, rows in everything(db).items() if t not in ("uploads", "pipeline_dlq")} == {
                    t: rows for t, rows in before.items() if t not in ("uploads", "pipeline_dlq")
                }
            else:
                first[content] = receipt
                if path == "signed":
                    used[source, number] = content
                assert (receipt.status, receipt.rows_read) == (200, 2)
        assert db.value("select count(*) from uploads where status = 'done'") == len(first)


def everything(db: Any) -> dict[str, Any]:
    """All rows, with where they stand: an update shows even if it changes nothing."""
    tables = (
        "leads",
        "lead_contacts",
        "uploads",
        "upload_rows",
        "ingest_replay_guard",
        "pipeline_dlq",
        "leads_staging",
    )
    return {t: db.rows(f"select ctid::text, xmin::text, t::text from {t} as t order by 1") for t in tables}


# ---- 3: nothing is parsed before it is verified -----------------------------------------------------------------

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))
BODY = b"mak,first name\n0000000001,Ada\n"
SIGNED = ["x-pgfunnel-source", "webhook-id", "webhook-timestamp", "webhook-signature"]


def add_secret(db: Any, source: str, key: bytes) -> None:
    """A secret that has been valid for long: the clock may stand before now()."""
    db.execute("select set_signing_secret(%s, %s)", (source, secret_of(key)))
    db.execute("update webhook_secrets set valid_from = '2020-01-01' where source = %s", (source,))


@pytest.fixture
def unparsed(db):
    """Nothing may be parsed here, and nobody but vendor and other may sign."""
    db.execute(
        "create or replace function parse_csv(p_text text, p_delimiter text default null)"
        " returns table (line_number int, fields text[]) language plpgsql"
        " as $$ begin raise exception 'it is parsed'; end $$"
    )
    add_secret(db, "vendor", KEY)
    add_secret(db, "other", OTHER_KEY)
    return db


def changed(value: bytes, place: int, edit: str, byte: int) -> bytes:
    place %= len(value) + (edit == "insert")
    return value[:place] + (b"" if edit == "delete" else bytes([byte])) + value[place + (edit != "insert") :]


@given(
    st.sampled_from(["body", *SIGNED]),
    st.integers(0, 200),
    st.sampled_from(["replace", "insert", "delete"]),
    st.integers(1, 255),
)
def test_a_message_of_which_one_byte_is_changed_is_refused_unread(unparsed, clock, part, place, edit, byte):
    headers, body = signed_headers("vendor", KEY, BODY, "msg_1", int(clock.now.timestamp())), BODY
    if part == "body":
        body = changed(BODY, place, edit, byte)
        assume(body != BODY)
    else:
        value = changed(headers[part].encode(), place, edit, byte % 128 or 1).decode()
        # spaces part the signatures of a list
        assume(value.strip(" ") != headers[part])
        headers[part] = value

    with unparsed.undone():
        receipt = unparsed.one(SEND, body, Jsonb(headers), clock.now)

        assert (receipt.status, receipt.upload_id) in [(400, None), (401, None)]
        assert unparsed.rows("select from uploads") == unparsed.rows("select from leads") == []
        assert unparsed.value("select count(*) from pipeline_events where stage = 'refused'") == 1


@pytest.mark.parametrize("alike", range(1, 4))
def test_a_signature_has_one_spelling(unparsed, clock, alike):
    """The last character of its base64 has two bits to spare; with another value in them it is another text."""
    headers = signed_headers("vendor", KEY, BODY, "msg_1", int(clock.now.timestamp()))
    alphabet = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
    signature = headers["webhook-signature"]
    headers["webhook-signature"] = signature[:-2] + alphabet[alphabet.index(signature[-2]) + alike] + "="

    assert unparsed.one(SEND, BODY, Jsonb(headers), clock.now).status == 401


@given(st.one_of(st.sampled_from([-300, 300]), st.integers(-600, 600)), st.sampled_from([-1, 0, 1, 500_000]))
@example(300, 1)
@example(-300, -1)
@example(300, 0)
@example(-300, 0)
def test_a_message_is_taken_up_to_exactly_300_seconds_off_both_ways(db, clock, off, microseconds):
    now = clock.now + timedelta(seconds=off, microseconds=microseconds)
    headers = signed_headers("vendor", KEY, BODY, "msg_1", int(clock.now.timestamp()))
    with db.undone():
        add_secret(db, "vendor", KEY)

        receipt = db.one(SEND, BODY, Jsonb(headers), now)

        assert receipt.status == (200 if abs(off * 1_000_000 + microseconds) <= 300_000_000 else 401)
        assert db.value("select count(*) from uploads") == (receipt.status == 200)


@given(st.lists(st.integers(0, 100), max_size=4), st.integers(0, 5), st.integers(1, 120))
@example([60], 0, 60)
@example([60], 0, 59)
@example([60, 10], 0, 10)
def test_a_secret_is_valid_until_the_shortest_overlap_after_it_ends(db, overlaps, used, later):
    """Rotated all at once, with overlaps in seconds; the message comes so many seconds later."""
    keys = [bytes([n]) * 32 for n in range(len(overlaps) + 1)]
    used %= len(keys)
    rotate = "select set_signing_secret('vendor', %s, 'standard', %s * interval '1 second', %s)"
    with db.undone():
        for key, overlap in zip(keys, [0, *overlaps], strict=True):
            db.execute(rotate, (secret_of(key), overlap, db.clock.now))
        sent = db.clock.now + timedelta(seconds=later)
        headers = signed_headers("vendor", keys[used], BODY, "msg_1", int(sent.timestamp()))

        receipt = db.one(SEND, BODY, Jsonb(headers), sent)

        assert receipt.status == (200 if all(later < overlap for overlap in overlaps[used:]) else 401)


# ---- 4: a key has one owner -------------------------------------------------------------------------------------

KEYED = st.fixed_dictionaries(
    {
        "mak": st.sampled_from(["", "1", "2", "3"]),
        "apn": st.sampled_from(["", "1-1", "1-2", "1-3"]),
        "address": st.sampled_from(["", "1 Main St", "2 Main St", "3 Main St"]),
        "first name": st.sampled_from(["", "Ada", "Bo"]),
        "phone": st.sampled_from(["", "2135550101", "2135550102"]),
        "dnc": st.sampled_from(["", "Yes"]),
    }
)


def as_csv(rows: list[dict[str, str]], *more: str) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, ["fips", *rows[0], "zip", "file"])
    writer.writeheader()
    for row in rows:
        writer.writerow({"fips": "06037", **row, "zip": "90012", "file": "/".join(more)})
    return out.getvalue()


LEADS = "select id, ctid::text, xmin::text, l::text as row from leads as l"
CONTACTS = "select lead_id, ctid::text, xmin::text, c::text as row from lead_contacts as c"


@given(st.lists(st.lists(KEYED, min_size=1, max_size=6), min_size=2, max_size=4))
def test_no_two_leads_share_a_key_and_a_quarantined_row_touches_nobody(db, uploads):
    with db.undone():
        for number, rows in enumerate(uploads):
            before = {row.id: row for row in db.rows(LEADS)}
            contacts = db.rows(CONTACTS)

            receipt = db.ingest(as_csv(rows, str(number)))

            met = {r[0] for r in db.rows("select lead_id from upload_rows where upload_id = %s", receipt.upload_id)}
            after = {row.id: row for row in db.rows(LEADS)}
            assert {id: row for id, row in after.items() if id not in met} == {
                id: row for id, row in before.items() if id not in met
            }
            assert [c for c in db.rows(CONTACTS) if c.lead_id not in met] == [
                c for c in contacts if c.lead_id not in met
            ]
        for keys in ("mak", "county_fips, apn", "addr_hash"):
            named = f"({keys}) is not null" if keys != "county_fips, apn" else "apn is not null"
            assert db.rows(f"select {keys} from leads where {named} group by {keys} having count(*) > 1") == []


# ---- 5: what an import never does -------------------------------------------------------------------------------

STATES = [
    "new",
    "queued",
    "active",
    "replied",
    "paused",
    "booked",
    "completed",
    "opted_out",
    "bounced",
    "invalid",
    "failed",
]
BROKER = "11111111-1111-1111-1111-111111111111"
LEAD = st.fixed_dictionaries(
    {
        "status": st.sampled_from(STATES),
        "consent": st.booleans(),
        "verified": st.booleans(),
        "broker": st.sampled_from([None, BROKER]),
        "phones": st.integers(0, 2),
        "emails": st.integers(0, 2),
        "opted_out": st.booleans(),
        "marked": st.booleans(),
        "line_type": st.sampled_from([None, "mobile", "voip"]),
        "score": st.sampled_from([None, 7]),
    }
)
UNTOUCHED = """
    select id, mak, consent, consented_at, consent_method, assigned_broker_id, phone_verified, email_verified,
           phone_verification_codes, email_verification_codes, campaign_status, campaign_status_at, campaign_id,
           added_to_campaign_at, current_sequence_step, last_reply_at, vapi_call_id, call_attempt_count, booked_at,
           status, source, created_at
      from leads
"""
FILLED = (
    "select id, county_fips, apn, addr_hash, street, unit, city, state, zip, lead_score, lead_pii(id) as pii from leads"
)
ROW = st.fixed_dictionaries(
    {
        "lead": st.integers(0, 3),
        "first name": st.sampled_from(["", "Ada", "Bo"]),
        "address": st.sampled_from(["", "7 Main St", " "]),
        "city": st.sampled_from(["", "Pasadena"]),
        "phone": st.sampled_from(["", "0", "1", "2135550150", "junk"]),
        "email": st.sampled_from(["", "0", "new@example.com", "junk"]),
        "phone 1 type": st.sampled_from(["", "Landline", "Mobile"]),
        "dnc": st.sampled_from(["", "No", "Yes", "Callable"]),
        "lead score": st.sampled_from(["", "9", "high"]),
        "consent": st.sampled_from(["", "true", "false"]),
        "verified": st.sampled_from(["", "true"]),
        "campaign status": st.sampled_from(["", "active", "new"]),
        "assigned broker id": st.sampled_from(["", "22222222-2222-2222-2222-222222222222"]),
        "results": st.sampled_from(["", "AS01", "PS01"]),
    }
)


def put(db: Any, number: int, lead: dict[str, Any]) -> Any:
    (id,) = db.leads(
        1, status=lead["status"], consent=lead["consent"], verified=lead["verified"], broker=lead["broker"],
        phones=lead["phones"], emails=lead["emails"],
    )  # fmt: skip
    db.execute("update leads set mak = %s, lead_score = %s where id = %s", (f"{number + 1:010d}", lead["score"], id))
    db.execute(
        "update lead_contacts set do_not_call = %s, line_type = %s, verification_codes = '{PS01}' where lead_id = %s",
        (lead["marked"], lead["line_type"], id),
    )
    for channel in ("phone", "email"):
        if lead["opted_out"] and lead[f"{channel}s"]:
            db.execute("select opt_out(%s, %s, 'asked', 'test')", (channel, db.contact(id, channel)))
    return id


def contact_or(db: Any, ids: list[Any], lead: int, channel: str, value: str) -> str:
    """A digit names one of the lead's own contacts, if it has so many."""
    if value.isdigit() and len(value) == 1 and lead < len(ids):
        return db.contact(ids[lead], channel, int(value) + 1) or ""
    return value


@given(st.lists(LEAD, min_size=1, max_size=3), st.lists(st.lists(ROW, min_size=1, max_size=4), min_size=1, max_size=2))
def test_an_import_raises_no_consent_lowers_no_suppression_and_takes_nothing(db, leads, uploads):
    with db.undone():
        ids = [put(db, number, lead) for number, lead in enumerate(leads)]
        for number, rows in enumerate(uploads):
            lines = [
                {
                    "mak": str(row["lead"] + 1),
                    **{name: value for name, value in row.items() if name != "lead"},
                    **{c: contact_or(db, ids, row["lead"], c, row[c]) for c in ("phone", "email")},
                }
                for row in rows
            ]
            untouched = {row.id: row for row in db.rows(UNTOUCHED)}
            filled = {row.id: row for row in db.rows(FILLED)}
            contacts = {(c.lead_id, c.channel, c.position): c for c in db.rows("select * from lead_contacts")}
            suppressed = db.rows("select s::text from suppressions as s order by 1")

            assert db.ingest(as_csv(lines, str(number))).status == 200

            after = {row.id: row for row in db.rows(UNTOUCHED)}
            assert {id: after[id] for id in untouched} == untouched
            for lead in (after[id] for id in after.keys() - untouched.keys()):
                assert (lead.consent, lead.consented_at, lead.assigned_broker_id) == (False, None, None)
                assert (lead.phone_verified, lead.email_verified, lead.campaign_status) == (False, False, "new")
            for row in db.rows(FILLED):
                assert_nothing_is_lost(filled.get(row.id), row)
            found = {(c.lead_id, c.channel, c.position): c for c in db.rows("select * from lead_contacts")}
            for place, was in contacts.items():
                now = found[place]
                assert now._replace(do_not_call=None, line_type=None) == was._replace(do_not_call=None, line_type=None)
                assert now.do_not_call or not was.do_not_call
                assert now.line_type == was.line_type or was.line_type is None
            assert all(not c.verified for place, c in found.items() if place not in contacts)
            assert db.rows("select s::text from suppressions as s order by 1") == suppressed


def assert_nothing_is_lost(before: Any, after: Any) -> None:
    """What had a value has one; the keys that a lead has stay; its contacts stay where they are."""
    if before is None:
        return
    for column in after._fields:
        assert getattr(after, column) is not None or getattr(before, column) is None, column
    for key in ("county_fips", "apn", "addr_hash"):
        assert getattr(before, key) in (None, getattr(after, key))
    for name, value in before.pii.items():
        if name in ("phones", "emails"):
            assert after.pii[name][: len(value)] == value
        else:
            assert after.pii[name]


def test_the_signature_of_these_tests_is_the_one_of_the_standard():
    """The example of standardwebhooks.com's specification, as its libraries test it."""
    key = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    headers = signed_headers("", key, b'{"test": 2432232314}', "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330)

    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
