"""The parser against Python's csv module: every delimiter, line end and quoting, and what people type."""

import csv
import io

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

DELIMITERS = [",", ";", "\t", "|"]
LINE_ENDS = ["\r\n", "\n", "\r"]


def parsed(db, text, delimiter=None):
    return [(row.line_number, row.fields) for row in db.rows("select * from parse_csv(%s, %s)", text, delimiter)]


def by_python(text, delimiter):
    """Records with the physical line they start on; blank lines left out; None for a quote that is never closed."""
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=delimiter)
    records, line = [], 1
    for record in reader:
        if record:
            records.append((line, record))
        line = reader.line_num + 1
    # an unclosed quote takes the end of the text into the field: adding a quote and a field shows whether it is inside
    probe = list(csv.reader(io.StringIO(text + delimiter + "end", newline=""), delimiter=delimiter))
    return records if probe[-1][-1] == "end" else None


FIELD = st.text(
    st.one_of(st.sampled_from('",;\t|\r\n a=é'), st.characters(codec="utf-8", exclude_characters="\0")), max_size=8
)


@given(
    st.lists(st.lists(FIELD, min_size=1, max_size=5), max_size=6),
    st.sampled_from(DELIMITERS),
    st.sampled_from(LINE_ENDS),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_python_writes_is_read_back(db, rows, delimiter, line_end, quoting):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows(rows)

    assert parsed(db, out.getvalue(), delimiter) == by_python(out.getvalue(), delimiter)
    # a lone line end of another kind is not quoted by every version of the writer
    if quoting == csv.QUOTE_ALL:
        assert [fields for _, fields in parsed(db, out.getvalue(), delimiter)] == rows


# what a text is made of, so that quotes meet boundaries and line ends meet quotes; D is the delimiter
PIECES = [
    '"',
    '""',
    '"""',
    "D",
    "D",
    "\r",
    "\n",
    "\r\n",
    "a",
    "b c",
    " ",
    "\ufeff",
    "\x01",
    "\x02",
    "\x1f",
    "\x0b",
    "\x0c",
]
PIECES += ["é", "\x85", "\u2028", "\ue000", "\\", "q", "l", "n", "r", ",", ";"]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.sampled_from(DELIMITERS))
@example('5" pipeD12" x 14"\n"6"" pipe"Dx\n', ",")
@example('"a"b"c"Dd\n', ",")
@example('""\n', ",")
@example('""\r\n""\r"" \n', ",")
@example('"a\r\nb"\r\nc', ",")
@example('aD"b\n', ",")
@example("a\x1cb\x1dD\x1e\x1f\n", ",")
def test_any_text_is_read_as_python_reads_it(db, text, delimiter):
    text = text.replace("D", delimiter)
    expected = by_python(text.removeprefix("\ufeff"), delimiter)

    if expected is None:
        with db.refused("PF021"):
            parsed(db, text, delimiter)
    else:
        assert parsed(db, text, delimiter) == expected


@given(
    st.lists(st.sampled_from(PIECES), max_size=20).map("".join),
    st.sampled_from(DELIMITERS),
    st.sampled_from(["sep=D", '"sep=D"', "SEP=D", '"sep=D', 'sep=D"', "sep=DD", "sep=", " sep=D"]),
    st.sampled_from(LINE_ENDS),
)
@example("a;b", ",", '"sep=D', "\n")
@example('a"D1', ";", '"sep=D', "\n")
def test_a_first_line_that_names_the_separator_is_one_only_if_it_is_whole(db, text, delimiter, first, line_end):
    first, text = first.replace("D", delimiter), text.replace("D", delimiter)
    assume(not (line_end == "\r" and text.startswith("\n")))
    is_named = first.strip('"').lower() == f"sep={delimiter}" and first.count('"') != 1
    # given besides, since else the header would tell it
    expected = by_python(("" if is_named else first) + line_end + text, delimiter)

    if expected is None:
        with db.refused("PF021"):
            parsed(db, first + line_end + text, None if is_named else delimiter)
    else:
        assert parsed(db, first + line_end + text, None if is_named else delimiter) == expected


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_the_delimiter_is_found_from_the_header(db, delimiter):
    text = f'name{delimiter}"a, b; c|d"{delimiter}zip\n1{delimiter}2{delimiter}3\n'

    assert parsed(db, text) == [(1, ["name", "a, b; c|d", "zip"]), (2, ["1", "2", "3"])]


def test_a_line_that_names_the_separator_is_obeyed_and_counted(db):
    assert parsed(db, "sep=;\r\na,b;c\r\n1;2\r\n") == [(2, ["a,b", "c"]), (3, ["1", "2"])]


def test_a_byte_order_mark_is_no_part_of_the_first_header(db):
    assert parsed(db, "\ufeffa,b\n") == [(1, ["a", "b"])]


def test_lines_are_physical_ones(db):
    assert parsed(db, 'a,b\n\n"1\r\n2",x\n3,y\n') == [(1, ["a", "b"]), (3, ["1\r\n2", "x"]), (5, ["3", "y"])]


def test_a_quote_never_closed_is_told_with_the_line_on_which_it_opens(db):
    with pytest.raises(Exception, match="line 3 is never closed"), db.transaction():
        parsed(db, 'a,b\n1,2\n3,"x\n4,5\n6,7\n')


def test_nothing_has_no_records(db):
    assert parsed(db, "") == [] == parsed(db, "\n\r\n\r")


def test_no_text_has_no_records(db):
    assert parsed(db, None) == [] == parsed(db, None, ";")


@pytest.mark.parametrize("delimiter", ["", ",,", '"', "\r", "\n"])
def test_what_can_not_part_fields_is_no_delimiter(db, delimiter):
    with db.refused("PF020"):
        parsed(db, "a,b\n", delimiter)


def test_any_other_character_may_be_named(db):
    assert parsed(db, 'a\x01"b\x01"\n', "\x01") == [(1, ["a", "b\x01"])]


def test_a_quoted_header_that_spans_lines_tells_the_delimiter(db):
    assert parsed(db, '"a;b;c\nd;e;f",name\n1;2,3\n') == [(1, ["a;b;c\nd;e;f", "name"]), (3, ["1;2", "3"])]


def test_a_writer_may_call_it_and_nothing_behind_it(db):
    with db.acting_as("pipeline_writer"):
        assert parsed(db, '5" pipe,"x ""y"""\n') == [(1, ['5" pipe', 'x "y"'])]

    for helper in (
        "csv_delimiter('a')",
        "csv_plain_lines('a')",
        "csv_placeholders('a', 1)",
        "csv_resolve_quotes('a', null)",
    ):
        with db.refused("42501"), db.acting_as("pipeline_writer"):
            db.execute(f"select {helper}")


@pytest.mark.parametrize("role", ["pipeline_broker", "pipeline_reader"])
def test_others_may_not_call_it(db, role):
    with db.refused("42501"), db.acting_as(role):
        parsed(db, "a,b\n")
