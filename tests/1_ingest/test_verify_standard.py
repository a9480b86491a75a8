"""Signatures against Python's hmac, and no difference in work between a wrong signature and an unknown source."""

from hypothesis import given
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

KEYS = {"old": bytes(range(32)), "new": bytes(range(100, 132))}


def verified(db, sender, body, headers, source=None):
    return db.value(
        "select verify_standard(%s, %s, %s, %s)", source or sender.source, Jsonb(headers), body, db.clock.now
    )


@given(
    st.binary(max_size=200),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20),
    st.integers(0, 199),
)
def test_what_hmac_signed_is_verified_over_the_exact_bytes(db, sender, body, message_id, place):
    headers = sender.headers(body, message_id=message_id)
    changed = bytearray(body + b" ")
    changed[place % len(changed)] ^= 1

    assert verified(db, sender, body, headers)
    assert not verified(db, sender, bytes(changed), headers)


def test_while_a_secret_is_changed_both_are_valid_and_then_the_new_one(db, sender, clock):
    clock.now = db.value("select now()")
    new = "whsec_ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7fH1+f4CBgoM="  # bytes 100 to 131
    db.execute("select set_signing_secret('vendor', %s, p_overlap => '1 hour')", (new,))

    def valid(name):
        return verified(db, sender, b"body", sender.headers(b"body", key=KEYS[name]))

    assert (valid("old"), valid("new")) == (True, True)
    clock.move(minutes=59)
    assert (valid("old"), valid("new")) == (True, True)
    clock.move(minutes=1)
    assert (valid("old"), valid("new")) == (False, True)


def test_a_secret_is_not_valid_before_its_time(db, sender, clock):
    clock.set("2019-12-31 12:00")

    assert not verified(db, sender, b"body", sender.headers(b"body"))


def test_a_secret_is_its_source_s_alone(db, sender, new_sender):
    new_sender(db, "other")

    headers = sender.headers(b"body")
    db.execute("delete from webhook_sources where source = 'vendor'")
    assert not verified(db, sender, b"body", headers)
    assert verified(db, sender, b"body", headers, source="other")


def test_of_twenty_signatures_one_may_be_good_and_more_are_not_looked_at(db, sender):
    headers = sender.headers(b"body")
    good, wrong = headers["webhook-signature"], sender.signature("another", 1, b"")

    for before, expected in ((19, True), (20, False)):
        headers["webhook-signature"] = " ".join([wrong] * before + [good])
        assert verified(db, sender, b"body", headers) is expected


def test_an_unknown_source_costs_as_much_as_a_wrong_signature(db, sender):
    headers = sender.headers(b"other body")
    db.execute("create temp sequence comparisons")
    db.execute(
        """
        create or replace function equal_constant_time(p_left bytea, p_right bytea) returns boolean
        language plpgsql volatile as $$ begin perform nextval('comparisons'); return p_left = p_right; end $$
        """
    )

    # opening a secret compares its tag, and the signature is one more
    assert not verified(db, sender, b"body", headers)
    for_a_wrong_signature = db.value("select last_value from comparisons")
    assert not verified(db, sender, b"body", headers, source="nobody")

    assert db.value("select last_value from comparisons") == 2 * for_a_wrong_signature > 2


def test_without_any_source_nothing_is_verified(db, sender):
    db.execute("delete from webhook_sources")

    assert verified(db, sender, b"body", sender.headers(b"body")) is False
