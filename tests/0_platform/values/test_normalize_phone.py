import re

import pytest
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("(213) 555-0123", "+12135550123"),
        ("213.555.0123", "+12135550123"),
        ("tel:+1-213-555-0123", "+12135550123"),
        ("tel:+1-213-555-0123;ext=5", "+12135550123"),
        ("WhatsApp:+12135550123", "+12135550123"),
        ("sms:2135550123", "+12135550123"),
        ("home:2135550123", None),
        ("tel:", None),
        ("+1\u202f213\u2212555\u20140123\u200b", "+12135550123"),
        ("+1 213 555 0123", "+12135550123"),
        ("12135550123", "+12135550123"),
        ("2135550123.0", "+12135550123"),
        ("213-555-0123 x12", "+12135550123"),
        ("213-555-0123 Ext. 5", "+12135550123"),
        ("213‑555‑0123\u202c", "+12135550123"),
        ("113-555-0123", None),
        ("213-055-0123", None),
        ("+44 20 7946 0958", None),
        ("+2135550123", None),
        ("213555012", None),
        ("2.13555E+09", None),
        ("2135550123; 2135550124", None),
        ("800-CALL-NOW", None),
        ("x12", None),
        ("", None),
        (None, None),
    ],
)
def test_a_number_is_brought_to_e164(db, given, expected):
    assert db.value("select normalize_phone(%s)", given) == expected


@given(
    st.from_regex(r"[2-9][0-9]{2}[2-9][0-9]{6}", fullmatch=True),
    st.sampled_from(["", "1", "+1 "]),
    st.sampled_from(["", "-", ".", " "]),
)
def test_any_spelling_of_a_number_is_the_same(db, digits, prefix, separator):
    spelled = prefix + separator.join((digits[:3], digits[3:6], digits[6:]))

    assert db.value("select normalize_phone(%s)", spelled) == f"+1{digits}"
    assert db.value("select normalize_phone(normalize_phone(%s))", spelled) == f"+1{digits}"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30))
def test_anything_else_is_a_number_or_none(db, value):
    assert re.fullmatch(
        r"\+1[2-9][0-9]{2}[2-9][0-9]{6}", db.value("select normalize_phone(%s)", value) or "+12135550123"
    )
