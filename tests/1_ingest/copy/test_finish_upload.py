"""A file that is copied in, against the same file as one value."""

import codecs
import csv
import io
from hashlib import sha256
from uuid import uuid4

import psycopg
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

KNOWN = ["MAK", "First Name", "Phone", "Notes", "Colour", "Address", "Zip"]
VALUE = st.one_of(
    st.sampled_from(["0000000001", "0000000002", "0000000003", "", "2135550101", "12 Main St", "90012", 'say "so"']),
    st.text(st.sampled_from('",;\r\n a=é\x01\x02\\.'), max_size=9),
)
# what people really send, and what they never should
FILE = st.one_of(
    st.builds(
        lambda header, rows, delimiter, line_end, quoting, encoding, mark: write(
            header, rows, delimiter, line_end, quoting, encoding, mark
        ),
        st.permutations(KNOWN).map(lambda names: ["MAK", *[n for n in names if n != "MAK"]][:4]),
        st.lists(st.lists(VALUE, min_size=3, max_size=5), max_size=8),
        st.sampled_from(",;\t|"),
        st.sampled_from(["\r\n", "\n", "\r"]),
        st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        st.sampled_from(["utf-8", "cp1252"]),
        st.sampled_from(["", "\ufeff", "sep={}\n", "\n\n", "\r\n \r\n"]),
    ),
    st.text(st.sampled_from('",\r\nMAK01é '), max_size=60).map(lambda text: f"MAK,Notes\n{text}".encode()),
    st.binary(max_size=40),
)


def write(header, rows, delimiter, line_end, quoting, encoding, mark):
    out = io.StringIO(newline="")
    out.write(mark.format(delimiter))
    csv.writer(out, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows([header, *rows])
    return out.getvalue().encode(encoding, "replace")


def outcome(db, receipt):
    """All that became of a file."""
    return (
        receipt._replace(upload_id=None),
        [tuple(row) for row in db.rows(
            "select line_number, outcome, mak, addr_hash from upload_rows where upload_id = %s order by line_number",
            receipt.upload_id,
        )],
        db.rows("select mak, addr_hash, lead_pii(id) - 'id' as document from leads order by mak, addr_hash"),
        db.rows("select line_number, reason, hint, payload - 'bytes' from pipeline_dlq order by line_number, reason"),
        db.one(
            "select status, outcome, message, unknown_columns, rows_read, case when status = 'done' then bytes end"
            "  from uploads where id = %s",
            receipt.upload_id,
        ),
        db.value("select count(*) from leads_staging") + db.value("select count(*) from upload_copies")
        + db.value("select count(*) from upload_pieces"),
    )  # fmt: skip


@given(FILE, st.integers(1, 30), st.integers(1, 60), st.lists(st.integers(0, 200), max_size=2))
@example(b'MAK,Notes\r\n1,"a\r\n\r\nb"\r\n0000000001,"\r"\r\n', 1, 1, [])
@example(b"MAK,First Name\n0000000001,Zo\xeb\n0000000002,Zo\xc3\xab\n", 5, 10, [])
@example(b'sep=;\r\n"MAK";"a,b\nc,d"\r\n0000000001;x\r\n', 4, 1, [])
@example(b'\xef\xbb\xbf"MAK"\r0000000001\r\r0000000002\r', 3, 1, [12])
@example(b"MAK", 1, 1, [])
@example(b"MAK,Notes\n0000000001", 40, 100, [])
@example(b'MAK,Notes\n0000000001,"never\nclosed\n0000000002,x\n', 2, 1, [])
def test_it_is_what_ingest_csv_makes_of_the_same_bytes(db, copier, body, width, part_bytes, cuts):
    if body[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return  # a test of its own
    with db.undone():
        expected = outcome(db, db.ingest(body))

    with db.undone():
        db.execute("update settings set value = %s where key = 'copy_part_bytes'", (str(part_bytes),))
        copier.begin()
        for start, end in zip([0, *sorted(cuts)], [*sorted(cuts), len(body)], strict=True):
            copier.copy(body[start:end], width)
        found = outcome(db, copier.finish())

    if "goes on in another encoding" in (found[4].message or ""):
        with pytest.raises(UnicodeDecodeError):
            body.decode()
    elif expected[0].status != 200 and found[0].outcome == "unknown_header":
        assert found[1:3] == expected[1:3]  # of two faults the first one is told
    else:
        assert found == expected


FILE_OF_TWO = b"MAK,First Name\n0000000001,Ada\n0000000002,Bo\n"


def test_rows_may_number_more_than_one_value_could_have(db, copier):
    db.execute("update settings set value = '1' where key = 'max_upload_rows'")

    assert copier.send(FILE_OF_TWO).rows_new == 2


def test_the_upload_has_its_hash_bytes_and_times(db, copier):
    receipt = copier.send(FILE_OF_TWO)

    upload = db.one("select * from uploads where id = %s", receipt.upload_id)
    assert (upload.bytes, upload.content_sha256) == (len(FILE_OF_TWO), sha256(FILE_OF_TWO).hexdigest())
    assert upload.staged_ms >= 0 and upload.merged_ms >= 0
    event = db.one("select * from pipeline_events where stage = 'upload'")
    assert (event.upload_id, event.source, event.duration_ms) == (upload.id, "test", upload.staged_ms)


def test_the_times_given_are_recorded(db, copier, clock):
    began = clock.now
    copier.upload = db.value("select begin_upload('test', 'test.csv', %s)", began)
    copier.copy(FILE_OF_TWO)
    db.execute("select finish_upload(%s, %s)", (copier.upload, clock.move(minutes=1)))

    upload = db.one("select * from uploads")
    assert (upload.received_at, upload.finished_at, upload.staged_ms) == (began, clock.now, 60_000)
    assert {row[0] for row in db.rows("select occurred_at from pipeline_events")} == {clock.now}


def test_it_may_be_finished_after_months(db, copier, clock):
    copier.upload = db.value("select begin_upload('test', 'test.csv', %s)", clock.now)
    copier.copy(FILE_OF_TWO)

    assert db.value("select (finish_upload(%s, %s)).status", copier.upload, clock.move(days=60)) == 200


def test_the_same_content_again_gets_the_first_receipt_and_nothing_is_done(db, copier):
    first = copier.send(FILE_OF_TWO, width=7)

    assert copier.send(FILE_OF_TWO, width=40) == first
    assert db.ingest(FILE_OF_TWO) == first  # as one value, too, up to one block
    assert db.value("select count(*) from uploads") == 1
    assert db.rows("select from leads_staging") == []
    events = db.rows("select upload_id from pipeline_events where stage = 'replayed'")
    assert [row.upload_id for row in events] == [first.upload_id] * 2


def test_a_refused_file_may_be_sent_again(db, copier):
    for _ in range(2):
        assert copier.send("colour\nred\n").outcome == "unknown_header"
    db.execute("insert into header_aliases (alias, source, field) values ('colour', 'test', 'mak')")

    assert copier.send("colour\n1\n").status == 200


def test_utf_16_is_refused_with_the_way_out(db, copier):
    receipt = copier.send("MAK\n0000000001\n".encode("utf-16"))

    assert (receipt.status, receipt.outcome) == (400, "bad_encoding")
    assert "UTF-16" in receipt.message


def test_a_value_that_leads_can_not_hold_is_told_without_the_value(db, copier):
    db.execute("create function pg_temp.refuse() returns trigger language plpgsql as $$ begin"
               " raise numeric_value_out_of_range using message = 'secret'; end $$")  # fmt: skip
    db.execute("create trigger refuse before insert on leads for each row execute function pg_temp.refuse()")

    receipt = copier.send(FILE_OF_TWO)

    assert (receipt.status, receipt.outcome, receipt.upload_id) == (400, "unstorable", copier.upload)
    assert "22003" in receipt.message and "secret" not in receipt.message
    for table in ("leads_staging", "upload_copies", "ingest_replay_guard"):
        assert db.rows(f"select from {table}") == []


def test_an_upload_that_nobody_copied_into_is_empty(db, copier):
    assert copier.begin().finish().outcome == "empty"


def test_the_session_forgets_it(db, copier):
    copier.send(FILE_OF_TWO)

    with db.refused("PF036"):
        copier.copy(b"0000000003,Cy\n")


def test_what_is_unknown_finished_or_somebody_else_s_is_not_finished(db, copier):
    finished = copier.send(FILE_OF_TWO).upload_id
    foreign = copier.begin().upload
    db.execute("update upload_copies set login = 'somebody'")

    for upload in (uuid4(), finished, foreign, None):
        with db.refused("PF037"):
            db.execute("select finish_upload(%s)", (upload,))


def test_a_writer_may_call_it_and_others_may_not(db, copier):
    with db.acting_as("pipeline_writer"):
        assert copier.send(FILE_OF_TWO).status == 200

    for role in ("pipeline_broker", "pipeline_reader"):
        with db.refused("42501"), db.acting_as(role):
            db.execute("select finish_upload(%s)", (copier.upload,))


def test_of_two_that_finish_the_same_content_at_once_one_works(clone, connect, new_copier):
    one, other = new_copier(connect("pipeline_writer")), new_copier(connect("pipeline_writer"))
    one.begin().copy(FILE_OF_TWO)
    other.begin().copy(FILE_OF_TWO)

    with one.db.transaction():
        first = one.finish()
        waiting = other.db.in_background("select * from finish_upload(%s)", other.upload).wait_until_blocked(clone)

    assert waiting.result() == [first]
    assert clone.value("select count(*) from leads") == 2


def test_an_upload_that_two_finish_at_once_is_merged_once(clone, connect, new_copier):
    one, other = new_copier(connect("pipeline_writer")), connect("pipeline_writer")
    one.begin().copy(FILE_OF_TWO)

    with one.db.transaction():
        one.finish()
        waiting = other.in_background("select finish_upload(%s)", one.upload).wait_until_blocked(clone)

    with pytest.raises(psycopg.Error, match="is not one that this login began"):
        waiting.result()
    assert clone.value("select count(*) from leads") == 2


def kill(observer, connection):
    """End a backend, and wait until it is gone."""
    observer.execute("select pg_terminate_backend(%s)", (connection.info.backend_pid,))
    while observer.rows("select from pg_stat_activity where pid = %s", connection.info.backend_pid):
        pass


@pytest.mark.parametrize("step", ["copy", "finish"])
def test_a_backend_that_dies_leaves_all_or_nothing_and_another_goes_on(clone, connect, new_copier, step):
    first = new_copier(connect("pipeline_writer"))
    first.begin().copy(FILE_OF_TWO)
    before = [tuple(row) for row in clone.rows("select * from upload_copies")]
    first.db.execute("begin")
    first.copy(b"0000000003,Cy\n") if step == "copy" else first.finish()

    kill(clone, first.db)

    assert [tuple(row) for row in clone.rows("select * from upload_copies")] == before
    assert clone.value("select count(*) from leads_staging") == 2
    assert clone.value("select count(*) from leads") == 0
    second = new_copier(connect("pipeline_writer"))
    second.upload = first.upload
    assert second.finish().rows_new == 2


@pytest.mark.parametrize("waits_at", ["upload_copies", "ingest_replay_guard", "leads", "upload_rows", "lead_contacts"])
def test_a_finish_that_is_killed_while_it_works_can_be_called_again(clone, connect, new_copier, waits_at):
    copier = new_copier(connect("pipeline_writer"))
    copier.begin().copy(b"MAK,Phone\n0000000001,2135550101\n")
    holder = connect()
    holder.execute(f"begin; lock table {waits_at} in exclusive mode")
    work = copier.db.in_background("select finish_upload(%s)", copier.upload).wait_until_blocked(clone)

    kill(clone, copier.db)
    with pytest.raises(psycopg.OperationalError):
        work.result()
    holder.execute("rollback")

    assert clone.value("select count(*) from leads") == 0
    second = new_copier(connect("pipeline_writer"))
    second.upload = copier.upload
    assert second.finish().rows_new == 1
    assert clone.value("select count(*) from leads_staging") == 0
