import string

import pytest
from hypothesis import given
from hypothesis import strategies as st


@given(st.text(st.characters(codec="ascii", exclude_characters="\0"), max_size=30))
def test_lower_case_letters_and_digits_are_left(db, header):
    expected = "".join(c for c in header.lower() if c in string.ascii_lowercase + string.digits)

    assert db.value("select fold_header(%s)", header) == expected


@pytest.mark.parametrize("header", ["Unit #", " unit_", "UNIT", "u.n-i/t"])
def test_spellings_of_a_header_are_one(db, header):
    assert db.value("select fold_header(%s)", header) == "unit"


def test_no_header_is_none(db):
    assert db.value("select fold_header(null)") is None
