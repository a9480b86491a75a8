from hypothesis import given
from hypothesis import strategies as st


@given(st.integers(0, 2**31 - 1), st.binary(max_size=20))
def test_the_first_four_bytes_are_the_version(db, version, rest):
    assert db.value("select sealed_version(%s)", version.to_bytes(4, "big") + rest) == version


def test_a_shorter_value_has_none(db):
    assert db.value("select sealed_version('abc')") is None
