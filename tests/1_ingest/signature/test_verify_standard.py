"""Standard Webhooks against Python's hmac."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st


@given(
    st.binary(max_size=200),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20),
    st.integers(0, 199),
)
def test_what_hmac_signed_is_verified_over_the_exact_bytes(db, sender, body, message_id, place):
    headers = sender.headers(body, message_id=message_id)
    changed = bytearray(body + b" ")
    changed[place % len(changed)] ^= 1

    assert sender.verified(body, headers)
    assert not sender.verified(bytes(changed), headers)


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp"])
def test_the_id_and_the_time_are_signed_too(db, sender, name):
    headers = sender.headers(b"body")

    assert not sender.verified(b"body", headers | {name: headers[name] + "0"})


def test_of_several_signatures_apart_by_spaces_one_is_enough(db, sender):
    headers = sender.headers(b"body")
    wrong = "v1," + base64.b64encode(bytes(32)).decode()
    headers["webhook-signature"] = f"v1a,x {wrong} {headers['webhook-signature']}  v1,short"

    assert sender.verified(b"body", headers)


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.replace("v1,", "v2,"), lambda s: s.replace("v1,", "v1a,"), lambda s: s[3:], lambda s: s[:-1],
        lambda s: s + "=", lambda s: s + "x", lambda s: s.replace("v1,", "V1,"), lambda s: "v1," + s,
        lambda s: "v1," + base64.b64decode(s[3:]).hex(), lambda s: "v1," + base64.b64encode(bytes(31)).decode(),
        lambda s: "", lambda s: "v1,", lambda s: "v1," + "=" * 44, lambda s: None,
    ],
)  # fmt: skip
def test_what_is_written_otherwise_is_no_signature(db, sender, change):
    headers = sender.headers(b"body")

    assert sender.verified(b"body", headers | {"webhook-signature": change(headers["webhook-signature"])}) is False
