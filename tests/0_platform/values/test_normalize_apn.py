import pytest
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("123-456-78", "12345678"),
        ("123 456.78", "12345678"),
        ("12a-34B", "12A34B"),
        ("00012", "00012"),
        ("12345678.0", "12345678"),
        ("259.89.004", "25989004"),
        ("1.23457E+11", None),
        ("1,23457E+11", None),
        ("ada@example.com", None),
        ("1" * 101, None),
        ("12E34", "12E34"),
        ("000-000", None),
        ("--", None),
        ("", None),
        (None, None),
    ],
)
def test_a_parcel_number_is_its_letters_and_digits(db, given, expected):
    assert db.value("select normalize_apn(%s)", given) == expected


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20))
def test_normalising_twice_changes_nothing(db, value):
    once = db.value("select normalize_apn(%s)", value)

    assert once is None or db.value("select normalize_apn(%s)", once) == once
