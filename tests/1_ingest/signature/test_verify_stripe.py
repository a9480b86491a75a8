"""Stripe's scheme against Python's hmac."""

import pytest
from hypothesis import given
from hypothesis import strategies as st


@pytest.fixture
def stripe(db, new_sender):
    return new_sender(db, scheme="stripe")


def signature(stripe, body=b"body"):
    return stripe.headers(body)["stripe-signature"]


@given(st.binary(max_size=200), st.integers(0, 199))
def test_what_hmac_signed_is_verified_over_the_exact_bytes(db, stripe, body, place):
    headers = stripe.headers(body)
    changed = bytearray(body + b" ")
    changed[place % len(changed)] ^= 1

    assert stripe.verified(body, headers)
    assert not stripe.verified(bytes(changed), headers)


def test_the_time_is_signed_too(db, stripe, clock):
    time, v1, _ = signature(stripe).split(",")

    assert stripe.verified(b"body", {"stripe-signature": f"{time},{v1}"})
    assert not stripe.verified(b"body", {"stripe-signature": f"{time}0,{v1}"})
    assert not stripe.verified(b"body", {"stripe-signature": v1})


def test_a_second_time_does_not_stand_for_the_first(db, stripe):
    time, v1, _ = signature(stripe).split(",")

    assert not stripe.verified(b"body", {"stripe-signature": f"t=1,{time},{v1}"})


def test_of_several_v1_one_is_enough_also_apart_by_spaces(db, stripe):
    time, v1, _ = signature(stripe).split(",")

    assert stripe.verified(b"body", {"stripe-signature": f"{time}, v1={'0' * 64}, {v1}, v1=short"})


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.replace("v1=", "v0="), lambda s: s.replace("v1=", "v2="), lambda s: s.replace("v1=", "V1="),
        lambda s: s.replace("v1=", ""), lambda s: s.replace(",", ";"), lambda s: s.replace("v1=", "v1=0"),
        lambda s: s.replace("v1=", "xv1="), lambda s: "", lambda s: ",,,", lambda s: "t=,v1=", lambda s: None,
    ],
)  # fmt: skip
def test_what_is_written_otherwise_is_no_signature(db, stripe, change):
    assert stripe.verified(b"body", {"stripe-signature": change(signature(stripe))}) is False
