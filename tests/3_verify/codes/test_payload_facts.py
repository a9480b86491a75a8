"""payload_facts: what of an answer may rest in clear."""

import json

from hypothesis import given
from hypothesis import strategies as st


def facts(db, payload):
    return db.value("select payload_facts(%s::jsonb)", json.dumps(payload))


def test_codes_and_types_stay_as_they_were(db):
    kept = {
        "Results": "PS01,PS07",
        "phone_type": "Cellular",
        "AddressTypeCode": "S",
        "catch_all": True,
        "status": "valid",
    }
    assert facts(db, kept) == kept


def test_persons_go(db):
    answer = {
        "NameFull": "Ada Lead",
        "phone_number": "+12015550100",
        "EmailAddress": "ada@example.com",
        "AddressLine1": "1 Main St",
        "MelissaAddressKey": "1234567890",
        "anything": "else",
        "phone": {"type": "mobile"},
    }
    assert facts(db, answer) == {}


def test_a_value_that_may_be_personal_goes_whatever_its_name(db):
    for value in (
        "ada@example.com",
        "+12015550100",
        "201-555-0100",
        "(201) 555-0100",
        2015550100,
        ["PS01"],
        {"a": 1},
        None,
    ):
        assert facts(db, {"status": value}) == {}, value


def test_what_is_no_object_gives_an_empty_one(db):
    for payload in ([], "PS01", 1, None):
        assert facts(db, payload) == {}
    assert db.value("select payload_facts(null)") == {}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 999) | st.text("abc @,1", max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["status", "name", "Results"]), inner),
    max_leaves=8,
)


@given(payload=JSON)
def test_nothing_is_added_or_changed(db, payload):
    kept = facts(db, payload)
    assert kept.items() <= payload.items() if isinstance(payload, dict) and kept else kept == {}
    assert "@" not in json.dumps(kept)
    assert "name" not in kept
