import pytest
from hypothesis import given
from hypothesis import strategies as st

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=80)


@pytest.fixture
def vapi(db, new_sender):
    return new_sender(db, scheme="vapi_secret")


def test_the_secret_vouches_for_any_body(db, vapi):
    assert vapi.verified(b"body", {"x-vapi-secret": vapi.key.decode()})
    assert vapi.verified(b"another", {"x-vapi-secret": vapi.key.decode()})


@given(TEXT)
def test_nothing_else_does(db, vapi, guess):
    assert vapi.verified(b"body", {"x-vapi-secret": guess}) is (guess == vapi.key.decode())


@pytest.mark.parametrize("change", [str.upper, lambda s: s[:-1], lambda s: s + " ", lambda s: "", lambda s: None])
def test_nearly_the_secret_is_not_the_secret(db, vapi, change):
    assert vapi.verified(b"body", {"x-vapi-secret": change(vapi.key.decode())}) is False


def test_another_header_does_not_hold_it(db, vapi):
    assert vapi.verified(b"body", {"x-webhook-secret": vapi.key.decode()}) is False


def test_an_own_row_names_the_header_of_any_vendor(db, new_sender):
    db.execute(
        "insert into webhook_schemes (scheme, verifier, signature_header, secret_form, meaning)"
        " values ('instantly', 'verify_shared_secret', 'x-api-secret', 'text', 'a custom header')"
    )
    db.execute("select set_signing_secret('instantly', 'twenty-four bytes of text', 'instantly')")
    sender = new_sender(db)

    answer = sender.send_as_is(
        sender.csv, {"x-pgfunnel-source": "instantly", "x-api-secret": "twenty-four bytes of text"}
    )

    # valid from now on, and the clock stands before that
    assert answer.status == 401
    db.execute("update webhook_secrets set valid_from = '2020-01-01'")
    assert (
        sender.send_as_is(
            sender.csv, {"x-pgfunnel-source": "instantly", "x-api-secret": "twenty-four bytes of text"}
        ).status
        == 200
    )
