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
    ],
)
def test_it_is_the_line_of_the_quote_that_opens_the_last_field(db, text, line):
    assert db.value("select csv_open_line(%s)", text) == line
