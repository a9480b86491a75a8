"""answered_contact: which contact an answer speaks of."""

import json

import pytest


def answered(db, lead, channel, payload):
    return db.value("select answered_contact(%s, %s, %s::jsonb)", lead, channel, json.dumps(payload))


@pytest.mark.parametrize("name", ["phone_number", "phone", "PhoneNumber", "Phone Number"])
def test_the_one_that_the_payload_names_in_any_spelling(db, name):
    [lead] = db.leads(1, phones=3)
    number = db.contact(lead, "phone", 2)

    assert answered(db, lead, "phone", {name: f"({number[2:5]}) {number[5:8]}-{number[8:]}"}) == 2


def test_an_address_likewise(db):
    [lead] = db.leads(1, emails=2)

    assert answered(db, lead, "email", {"EmailAddress": db.contact(lead, "email", 2).upper()}) == 2


def test_the_first_if_it_names_none(db):
    [lead] = db.leads(1, phones=2)

    for payload in (None, {}, [], "text", {"phone_number": ""}, {"phone_number": None}, {"email": "ada@example.com"}):
        assert answered(db, lead, "phone", payload) == 1


def test_none_if_it_names_one_that_the_lead_does_not_have(db):
    [lead] = db.leads(1, phones=2)

    assert answered(db, lead, "phone", {"phone_number": "+12125550199"}) is None
    assert answered(db, lead, "phone", {"phone_number": "not a number"}) is None


def test_none_if_the_lead_has_no_contact_of_the_channel(db):
    [lead] = db.leads(1, phones=0)

    assert answered(db, lead, "phone", None) is None
