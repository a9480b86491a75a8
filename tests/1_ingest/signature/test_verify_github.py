"""GitHub's scheme, and that of vendors who write the same without sha256=, against Python's hmac."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

HEADERS = {"github": "x-hub-signature-256", "cal_com": "x-cal-signature-256", "vapi": "x-vapi-signature"}


@pytest.fixture(params=list(HEADERS))
def signer(db, new_sender, request):
    return new_sender(db, scheme=request.param)


@given(st.binary(max_size=200), st.integers(0, 199))
def test_what_hmac_signed_is_verified_over_the_exact_bytes(db, signer, body, place):
    headers = signer.headers(body)
    changed = bytearray(body + b" ")
    changed[place % len(changed)] ^= 1

    assert signer.verified(body, headers)
    assert not signer.verified(bytes(changed), headers)


def test_the_example_of_github_s_documentation(db, new_sender):
    # docs.github.com, Validating webhook deliveries: Testing the webhook payload validation
    secret, body = "It's a Secret to Everybody", b"Hello, World!"
    signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    github = new_sender(db, scheme="github")
    github.set_secret(secret.encode())

    assert github.verified(body, {"x-hub-signature-256": signature})


def test_hex_is_read_in_any_case(db, signer):
    headers = signer.headers(b"body")
    header = HEADERS[signer.scheme]

    assert signer.verified(b"body", {header: headers[header].upper().replace("SHA256", "sha256")})


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s[:-1], lambda s: s + "0", lambda s: "sha1=" + s[-40:], lambda s: "sha256=" + s,
        lambda s: s + ", " + s, lambda s: "sha512=" + s[-64:] * 2, lambda s: s.replace(s[-64:], "g" * 64),
        lambda s: "", lambda s: "sha256=", lambda s: "SHA256=" + s[-64:], lambda s: " " + s, lambda s: s + "\n",
        lambda s: None,
    ],
)  # fmt: skip
def test_what_is_written_otherwise_is_no_signature(db, new_sender, change):
    github = new_sender(db, scheme="github")
    signature = github.headers(b"body")["x-hub-signature-256"]

    assert github.verified(b"body", {"x-hub-signature-256": change(signature)}) is False
