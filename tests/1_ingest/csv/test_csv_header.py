import pytest


def header(db, text):
    return db.value("select csv_header(%s)", text)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_it_is_the_first_record_without_its_quoted_parts(db, line_end):
    assert header(db, f'{line_end}a,"b{line_end};b",c{line_end}1;2{line_end}') == "a,,c"


@pytest.mark.parametrize("text", ["a,b", "a,b\n"])
def test_a_header_may_be_all_there_is(db, text):
    assert header(db, text) == "a,b"


def test_one_of_more_than_50_000_characters_is_none(db):
    assert len(header(db, "a," * 24_999 + "a\nb")) == 49_999
    assert header(db, "a," * 25_000 + "a\nb") is None
    assert header(db, '"' * 50_001) is None
    assert header(db, '"' + "\n" * 60_000 + '"\n') is None
