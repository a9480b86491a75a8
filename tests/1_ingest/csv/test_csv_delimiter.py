import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

DELIMITERS = [",", ";", "\t", "|"]


def found(db, text):
    return db.value("select csv_delimiter(%s)", text)


@given(
    st.lists(st.text('ab ,;|\t"\r\n', max_size=12), min_size=2, max_size=6),
    st.sampled_from(DELIMITERS),
    st.sampled_from(["", "\n", "\r\n\r\n"]),
)
def test_it_is_the_one_that_parts_the_header_s_fields_whatever_they_hold(db, header, delimiter, blank):
    line = io.StringIO(newline="")
    csv.writer(line, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerow(header)

    assert found(db, blank + line.getvalue() + "1,2;3|4,5;6|7,,,,,;;;;;;||||||\n") == delimiter


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_quoted_header_may_span_lines(db, line_end):
    assert found(db, f'"a;b;c{line_end}d;e;f",name{line_end}1;2;3') == ","
    assert found(db, f'name,"a;b;c{line_end}{line_end}d;e;f",zip{line_end}1;2;3') == ","


def test_a_quote_inside_of_a_name_quotes_nothing(db):
    assert found(db, '5" pipe;a,b;12" pipe;c\n') == ";"


@pytest.mark.parametrize("text", ["", "\n\n", "name", "name\n1;2;3", '"a;b'])
def test_without_any_it_is_the_comma(db, text):
    assert found(db, text) == ","


def test_of_two_as_frequent_the_comma_comes_first(db):
    assert found(db, "a;b,c\n") == ","


def test_only_the_first_line_counts(db):
    assert found(db, "a;b\n" + "1,2,3,4\n" * 100) == ";"
