import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (" Ada@Example.COM ", "ada@example.com"),
        ("MARÍA.NÚÑEZ@EXAMPLE.COM", "maría.núñez@example.com"),
        ("a+tag@example.com", "a+tag@example.com"),
        ("ŁUKASZ@example.com", "łukasz@example.com"),
        ("Ada Lead <Ada@example.com>", "ada@example.com"),
        ('"Lead, Ada" <ada@example.com> ', "ada@example.com"),
        ("<ada@example.com>", "ada@example.com"),
        ("< mailto:ada@example.com >", "ada@example.com"),
        ("MAILTO:ada@example.com", "ada@example.com"),
        ("ada@example.com; ", "ada@example.com"),
        ("ada@example.com,", "ada@example.com"),
        ("a@b", None),
        ("ada@example.com>", "ada@example.com"),
        ("<ada@example.com", None),
        ("<a@example.com> <b@example.com>", None),
        ("a@example.com <b@example.com", None),
        ("Ada <>", None),
        ("a@@example.com", None),
        ("a@b@example.com", None),
        ("a b@example.com", None),
        ("a\tb@example.com", None),
        ("@example.com", None),
        ("a@.com", None),
        ("a@com.", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address_is_trimmed_and_lower_case(db, given, expected):
    assert db.value("select normalize_email(%s)", given) == expected


def test_254_characters_are_the_most(db):
    at_most = "a" * (254 - len("@example.com")) + "@example.com"

    assert db.value("select normalize_email(%s)", at_most) == at_most
    assert db.value("select normalize_email(%s)", "a" + at_most) is None


@given(st.from_regex(r"[A-Za-zÀ-ÖØ-öø-ÿ0-9.+_-]{1,20}", fullmatch=True))
def test_lower_case_is_unicode_s_in_any_locale(db, name):
    expected = unicodedata.normalize("NFC", f"{name}@example.com".lower())

    assert db.value("select normalize_email(%s)", f"{name}@EXAMPLE.com") == expected
    assert db.value("select normalize_email(%s)", expected) == expected
