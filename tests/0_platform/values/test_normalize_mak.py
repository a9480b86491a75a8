import pytest
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("0002383619", "0002383619"),
        ("2383619", "0002383619"),
        ("395965838.0", "0395965838"),
        (" 0002383619\t", "0002383619"),
        ("3.95E+08", None),
        ("12345678901", None),
        ("0", None),
        ("0000000000", None),
        ("abc", None),
        ("-1", None),
        ("", None),
        (None, None),
    ],
)
def test_a_key_has_ten_digits(db, given, expected):
    assert db.value("select normalize_mak(%s)", given) == expected


@given(st.integers(1, 10**10 - 1))
def test_zeros_lost_in_a_spreadsheet_come_back(db, number):
    assert db.value("select normalize_mak(%s)", f"{number}.0") == f"{number:010d}"
