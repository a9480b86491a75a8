import csv
import io

from hypothesis import given
from hypothesis import strategies as st


def without_quotes(db, text):
    return db.one("select * from csv_without_quotes(%s, ',', '|', '\\', '0')", text)


@given(st.lists(st.lists(st.text('",\r\nab', max_size=6), min_size=1, max_size=4), min_size=1, max_size=4))
def test_what_is_left_splits_with_no_regard_to_quotes(db, rows):
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)

    found = without_quotes(db, text.getvalue())

    escaped = [[f.replace("\r\n", "\\l").replace("\n", "\\n").replace("\r", "\\r") for f in row] for row in rows]
    lines = found.joined.split("\n")[:-1]
    assert (found.is_open, found.has_strays) == (False, False)
    assert [line.replace("0", "").split("|") for line in lines] == escaped
    assert all(lines), "a line of one empty field is not blank"


def test_a_quote_never_closed_leaves_it_open(db):
    assert without_quotes(db, 'a,"b\n').is_open
    assert without_quotes(db, 'a,"b""\n').is_open
    assert not without_quotes(db, 'a,"b"\n').is_open


def test_a_quote_inside_of_a_field_is_noticed(db):
    assert without_quotes(db, '5" pipe,12" pipe\n').has_strays
    assert not without_quotes(db, 'a,"b","c"\r\n"d"\r\n').has_strays
