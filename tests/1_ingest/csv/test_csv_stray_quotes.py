import pytest
from hypothesis import given
from hypothesis import strategies as st


def masked(db, text):
    return db.value("select csv_stray_quotes(%s, E',\\r\\n', '?')", text)


def by_walking(text):
    """One character after the other, as csv.reader does."""
    out, state = [], "start"
    for place, char in enumerate(text):
        follows = text[place + 1 : place + 2]
        if state == "quoted":
            if char == '"':
                state = "escape" if follows == '"' else "after"
            out.append(char)
        elif state == "escape" or (state == "start" and char == '"'):
            out.append(char)
            state = "quoted"
        else:
            out.append("?" if char == '"' else char)
            state = "start" if char in ",\r\n" else "field"
    return "".join(out)


@given(st.text('",\r\na', max_size=25))
def test_a_quote_that_neither_opens_nor_closes_becomes_the_mark(db, text):
    assert masked(db, text + "\n") == by_walking(text + "\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('5" pipe,12" x 14"\n', "5? pipe,12? x 14?\n"),
        ('"6"" pipe",x\n', '"6"" pipe",x\n'),
        ('"a"b"c",d\n', '"a"b?c?,d\n'),
        ("none\n", "none\n"),
    ],
)
def test_as_people_type(db, text, expected):
    assert masked(db, text) == expected
