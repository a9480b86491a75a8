"""What all schemes share: whose secrets count and when, how many signatures, and equal work for a name nobody has."""

import pytest


def other_key(sender):
    return bytes(range(100, 132)) if sender.scheme == "standard" else b"another secret, again as text"


def test_while_a_secret_is_changed_both_are_valid_and_then_the_new_one(db, any_sender, clock):
    sender = any_sender
    sender.set_secret(other_key(sender), overlap="1 hour")

    def valid():
        return [sender.verified(b"body", sender.headers(b"body", key=key)) for key in (sender.key, other_key(sender))]

    assert valid() == [True, True]
    clock.move(minutes=59)
    assert valid() == [True, True]
    clock.move(minutes=1)
    assert valid() == [False, True]


def test_a_secret_is_not_valid_before_its_time(db, sender, clock):
    clock.set("2019-12-31 12:00")

    assert not sender.verified(b"body", sender.headers(b"body"))


def test_a_secret_is_its_source_s_alone(db, sender, new_sender):
    new_sender(db, "other")

    headers = sender.headers(b"body")
    db.execute("delete from webhook_sources where source = 'vendor'")
    assert not sender.verified(b"body", headers)
    assert sender.verified(b"body", headers, source="other")


def test_a_secret_counts_for_its_source_s_scheme_alone(db, new_sender):
    github = new_sender(db, scheme="github")
    secret = new_sender(db, "other", scheme="shared_secret")
    assert github.key == secret.key

    assert not secret.verified(b"body", secret.headers(b"body"), source="vendor")
    assert not github.verified(b"body", github.headers(b"body"), source="other")


def test_of_twenty_signatures_one_may_be_good_and_more_are_not_looked_at(db, new_sender):
    standard, stripe = new_sender(db), new_sender(db, "other", "stripe")
    good = standard.headers(b"body")["webhook-signature"]
    time, v1, _ = stripe.headers(b"body")["stripe-signature"].split(",")

    for before, expected in ((19, True), (20, False)):
        several = " ".join([f"v1,{'A' * 43}="] * before + [good])
        assert standard.verified(b"body", standard.headers(b"body") | {"webhook-signature": several}) is expected
        several = ",".join([time] + [f"v1={'0' * 64}"] * before + [v1])
        assert stripe.verified(b"body", {"stripe-signature": several}) is expected


def test_an_unknown_source_costs_as_much_as_a_wrong_signature(db, any_sender):
    sender = any_sender
    headers = sender.headers(b"body", key=other_key(sender))
    db.execute("create temp sequence comparisons")
    db.execute(
        """
        create or replace function equal_constant_time(p_left bytea, p_right bytea) returns boolean
        language plpgsql volatile as $$ begin perform nextval('comparisons'); return p_left = p_right; end $$
        """
    )

    # opening the secret compares tags, and the signature is one more
    assert not sender.verified(b"body", headers)
    for_a_wrong_signature = db.value("select last_value from comparisons")
    assert not sender.verified(b"body", headers, source="nobody")

    assert db.value("select last_value from comparisons") == 2 * for_a_wrong_signature > 2


def test_without_any_source_nothing_is_verified(db, any_sender):
    db.execute("delete from webhook_sources")

    assert any_sender.verified(b"body", any_sender.headers(b"body")) is False


@pytest.mark.parametrize("given", [None, [], [None], [b""]])
def test_without_a_signature_nothing_is_signed(db, sender, given):
    assert db.value("select is_signed('vendor', 'standard', 'body', %s, %s)", given, db.clock.now) is False
