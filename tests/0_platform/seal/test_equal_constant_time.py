from hypothesis import example, given
from hypothesis import strategies as st


@given(st.binary(max_size=80), st.binary(max_size=80))
@example(b"", b"")
@example(b"same", b"same")
@example(b"a", b"a\0")
def test_it_says_what_equality_says(db, left, right):
    assert db.value("select equal_constant_time(%s, %s)", left, right) == (left == right)
    assert db.value("select equal_constant_time(%s, %s)", left, left)


def test_against_nothing_there_is_no_answer(db):
    assert db.value("select equal_constant_time('x', null)") is None
