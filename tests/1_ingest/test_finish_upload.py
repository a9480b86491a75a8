"""A file that is copied in, against the same file as one value."""

import codecs
import csv
import io
from uuid import uuid4

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
        return  # only a file in two encodings at once, of which the first part is UTF-8
    assert found == expected
