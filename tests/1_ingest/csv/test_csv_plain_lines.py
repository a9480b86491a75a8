import io

from hypothesis import given
from hypothesis import strategies as st


@given(st.text("a\r\n", max_size=20))
def test_every_line_end_becomes_one_as_python_reads_them(db, text):
    expected = io.TextIOWrapper(io.BytesIO(text.encode()), newline=None).read()

    assert db.value("select csv_plain_lines(%s)", text) == expected
