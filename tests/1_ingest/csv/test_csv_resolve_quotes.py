import pytest


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('"a', 1),
        ('a,b\n"c', 2),
        ('a,b\r\n"c\r\nd\r\ne', 2),
        ('a,b\r"c\rd', 2),
        ('"a\nb",c\n"d\n', 3),
        ('a\n"b ""c"" d\ne', 2),
        ('a\n"""b""\n\n', 2),
        ('a\n\n\nb,"', 4),
        ('\ufeff"a', 1),
        ('sep=;\na;b\n1;"2', 3),
        ('a;b\n5" pipe;"2', 2),
    ],
)
def test_an_open_line_is_that_of_the_quote_that_opens_the_last_field(db, text, line):
    assert db.value("select (csv_resolve_quotes(%s, null)).open_line", text) == line


@pytest.mark.parametrize("text", ["", "a,b\n1,2", '"a","b\n"\n', 'a,b\n5" pipe,1\n', 'a,b\n5" pipe,12" pipe', '""'])
def test_where_every_quote_is_closed_there_is_none(db, text):
    assert db.value("select (csv_resolve_quotes(%s, null)).open_line", text) is None
