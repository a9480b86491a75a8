import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st


def key_of(db, secret, form):
    return db.value("select signing_key(%s, %s)", secret, form)


@given(st.binary(min_size=1, max_size=80))
def test_whsec_is_base64(db, key):
    assert key_of(db, "whsec_" + base64.b64encode(key).decode(), "whsec") == key


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_text_is_the_text(db, secret):
    assert key_of(db, secret, "text") == (secret.encode() if secret == secret.strip(" ") else None)


def test_a_vendor_s_whsec_may_be_text(db):
    assert key_of(db, "whsec_abc", "text") == b"whsec_abc"


@pytest.mark.parametrize("secret", [None, "", "secret", "whsec_", "whsec_a", "whsec_%%%%", "whsec_AAAA ", "WHSEC_AAAA"])
def test_what_is_not_whsec_and_base64_is_none(db, secret):
    assert key_of(db, secret, "whsec") is None


@pytest.mark.parametrize("secret", [None, " a", "a ", "a\nb", "a\tb"])
def test_what_no_header_brings_through_is_none(db, secret):
    assert key_of(db, secret, "text") is None


def test_of_no_form_there_is_none(db):
    assert key_of(db, "whsec_AAAA", None) is None
