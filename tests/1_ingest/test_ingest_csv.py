"""The trusted path: real vendors' files line by line, and what becomes of what a line says."""

import codecs
import io
import json

import psycopg
import pytest
from leadgen import rows, write
from merge_oracle import OUTCOMES, Leads

from pgfunnel.paths import DEMO_FILES

SUITE = json.loads((DEMO_FILES / "expected.json").read_text())
PLAN = [("propstream", ","), ("melissa", ","), ("batch", ","), ("crm", ";"), ("crm", "\t"), ("melissa", ",")]


def outcomes(db, receipt):
    found = db.rows("select line_number, outcome from upload_rows where upload_id = %s", receipt.upload_id)
    return {row.line_number: row.outcome for row in found}


def test_the_six_files_give_what_is_expected_line_by_line(db):
    for expected in SUITE["files"]:
        receipt = db.ingest((DEMO_FILES / expected["file"]).read_bytes(), file_name=expected["file"])

        assert outcomes(db, receipt) == {int(line): name for line, name in expected["outcomes"].items()}
        assert {name: getattr(receipt, f"rows_{name}") for name in OUTCOMES} == {n: expected[n] for n in OUTCOMES}
        assert (receipt.status, receipt.rows_read) == (200, expected["rows_read"])
        assert db.value("select count(*) from leads") == expected["leads_after"]
    assert db.value("select count(*) from leads") == SUITE["leads"]


@pytest.mark.parametrize("seed", [2, 4, 5, 6])
def test_files_of_other_seeds_give_what_the_rule_says(db, seed):
    oracle, start = Leads(), 0
    for number, (fmt, delimiter) in enumerate(PLAN):
        text = io.StringIO(newline="")
        stream = rows(300, seed + number, fmt, known=start, start=start, dup=0.08, hit=0.3)
        expected = oracle.merge(write(text, fmt, stream, delimiter, "\r\n"))
        start += 300

        receipt = db.ingest(text.getvalue())

        assert outcomes(db, receipt) == expected["outcomes"]
    assert db.value("select count(*) from leads") == len(oracle)


CONTACTS = """
    select c.channel, c.position, c.line_type, c.do_not_call,
           lead_pii(c.lead_id) -> (c.channel || 's') ->> (c.position - 1) as value
      from lead_contacts as c
     order by c.channel, c.position
"""


def test_contacts_come_in_order_with_their_types_and_marks(db):
    db.ingest(
        "MAK,Email 2,Phone 2,Phone 2 DNC,Phone 1,Phone 1 Type,Mobile,Work Email,Personal Email\n"
        "0000000001,c@example.com,2135550103,Federal DNC,2135550102,VoIP,2135550101,A@example.com,b@example.com\n"
    )

    assert [tuple(row) for row in db.rows(CONTACTS)] == [
        ("email", 1, None, False, "a@example.com"),
        ("email", 2, None, False, "c@example.com"),
        ("email", 3, None, False, "b@example.com"),
        ("phone", 1, "mobile", False, "+12135550101"),
        ("phone", 2, "voip", False, "+12135550102"),
        ("phone", 3, None, True, "+12135550103"),
    ]


@pytest.mark.parametrize(("word", "marked"), [("Yes", True), ("Do Not Call", True), ("No", False), ("Callable", False)])
def test_a_do_not_call_column_of_the_row_marks_all_its_phones(db, word, marked):
    db.ingest(f"MAK,Phone,Telephone,DNC,Email\n0000000001,2135550101,2135550102,{word},a@example.com\n")

    marks = [(row.channel, row.do_not_call) for row in db.rows(CONTACTS)]
    assert marks == [("email", False), ("phone", marked), ("phone", marked)]


def test_unknown_columns_are_named_in_the_upload_and_kept_with_the_person(db):
    receipt = db.ingest("MAK,Colour,First Name,Colour\n0000000001,red,Ada,blue\n")

    assert db.value("select unknown_columns from uploads where id = %s", receipt.upload_id) == ["Colour", "Colour"]
    kept = db.one(
        "select lead_pii(id) ->> 'other.Colour' as first, lead_pii(id) ->> 'other.Colour 2' as second from leads"
    )
    assert (kept.first, kept.second) == ("red", "blue")


def test_lines_that_can_not_be_used_are_dead_letters_with_their_line_and_reason(db):
    receipt = db.ingest(
        'MAK,First Name,Notes\n0000000001,Ada,"two\nlines"\n0000000002,Bo\n0000000003,Cy,x,y\n\n,Di,no key\n'
    )

    assert (receipt.status, receipt.rows_read, receipt.rows_new, receipt.rows_rejected) == (200, 4, 1, 3)
    letters = db.rows("select line_number, reason, hint, upload_id from pipeline_dlq order by line_number")
    assert [(row.line_number, row.reason.split(":")[0]) for row in letters] == [
        (4, "the line has 2 fields, the header 3"),
        (5, "the line has 4 fields, the header 3"),
        (7, "the line has no key"),
    ]
    assert all(row.hint and row.upload_id == receipt.upload_id for row in letters)


def test_a_rejected_line_can_be_opened_and_corrected(db):
    db.ingest("MAK,First Name\n0000000002,Bo,more\n")

    opened = db.value(
        "select convert_from(unseal('pipeline_dlq.sealed/' || id, sealed), 'UTF8')::jsonb from pipeline_dlq"
    )
    assert opened["other.values"] == ["0000000002", "Bo", "more"]


def test_the_same_file_again_gets_the_first_receipt(db):
    first = db.ingest("mak\n0000000001\n")

    assert db.ingest("mak\n0000000001\n", source="other") == first
    assert db.value("select count(*) from leads") == 1


@pytest.mark.parametrize(
    ("body", "status", "outcome"),
    [
        (b"", 400, "empty"),
        (b"\n\n", 400, "empty"),
        (b"mak\n\0\n", 400, "not_text"),
        (codecs.BOM_UTF16_LE + b"m", 400, "bad_encoding"),
        (b'mak\n"0000000001\n', 400, "unclosed_quote"),
        (b"colour\nred\n", 422, "unknown_header"),
        (b"mak\n" + b"0000000001\n" * 4, 413, "too_large"),
        (b"mak,a,b,c\n", 413, "too_large"),
        (b"mak\n" + b"0" * 100, 413, "too_large"),
    ],
)
def test_a_file_that_can_not_be_read_is_answered(db, body, status, outcome):
    db.execute("update settings set value = '3' where key in ('max_upload_rows', 'max_upload_columns')")
    db.execute("update settings set value = '100' where key = 'max_upload_bytes'")

    receipt = db.ingest(body)

    assert (receipt.status, receipt.outcome, receipt.rows_read) == (status, outcome, 0)
    assert db.value("select status from uploads where id = %s", receipt.upload_id) == "refused"
    assert db.value("select reason from pipeline_dlq") == receipt.message
    assert not db.rows("select from leads")
    assert not db.rows("select from leads_staging")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_name_is_the_same_in_every_encoding(db, encoding):
    db.ingest("MAK,First Name\n0000000001,Zoë\n".encode(encoding))

    assert db.value("select lead_pii(id) ->> 'first_name' from leads") == "Zoë"


def test_the_time_given_is_all_that_is_recorded(db, clock):
    for body in (b"mak\n0000000001\n", b"no,file\n"):
        db.execute("select ingest_csv('test', %s, 'test.csv', %s)", (body, clock.now))

    assert db.value("select count(*) from uploads where received_at = %s and finished_at = received_at", clock.now) == 2
    assert {row[0] for row in db.rows("select occurred_at from pipeline_events")} == {clock.now}


def test_a_writer_may_call_it_and_others_may_not(db):
    with db.acting_as("pipeline_writer"):
        assert db.ingest("mak\n0000000001\n").status == 200

    for role in ("pipeline_broker", "pipeline_reader"):
        with db.refused("42501"), db.acting_as(role):
            db.ingest("mak\n0000000002\n")


@pytest.mark.parametrize(("source", "body"), [(None, b"mak\n"), (" ", b"mak\n"), ("test", None)])
def test_without_source_or_body_it_is_a_mistake_of_the_caller(db, source, body):
    with db.refused("PF027"):
        db.execute("select ingest_csv(%s, %s)", (source, body))


def test_its_hint_shows_a_call_that_needs_no_superuser(db):
    with pytest.raises(psycopg.Error) as caught, db.transaction():
        db.execute("select ingest_csv('test', null)")

    assert caught.value.diag.message_hint == (
        "select * from ingest_csv('vendor', $1, 'file.csv'); $1 is the file's bytes, a bound parameter of type bytea."
    )


def test_of_a_file_s_name_255_characters_are_kept_and_no_contact(db):
    long = db.ingest("mak\n0000000001\n", file_name="é" * 300)
    telling = db.ingest("mak\n0000000002\n", file_name="ada@example.com.csv")

    names = [db.value("select file_name from uploads where id = %s", of.upload_id) for of in (long, telling)]
    assert names[0] == "é" * 255
    assert "ada@" not in names[1]
