import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

PLACES = ["property_street", "property_unit", "property_city", "property_state", "property_zip"]
ADDRESS = dict(zip(PLACES, ["12345 67th St Apt 8901", "# 12", "Los Angeles", "CA", "90012-1234"], strict=True))


def sealed(db, raw):
    return db.value("select seal_misplaced(%s::jsonb)", json.dumps(raw))


@given(st.dictionaries(st.sampled_from([*PLACES, "first_name", "mak", "other.x"]), st.text("abc 123-#/", max_size=9)))
def test_an_address_stays_where_it_is(db, raw):
    assert sealed(db, raw) == raw
    assert sealed(db, ADDRESS | raw) == ADDRESS | raw


@pytest.mark.parametrize("value", ["ada@example.com", "(213) 555-0100", "2135550100", "213.555.0100 Ada"])
@pytest.mark.parametrize("place", PLACES)
def test_a_contact_in_an_address_s_place_becomes_a_field_that_is_sealed(db, place, value):
    raw = {**ADDRESS, "email_1": "ada@example.com", "mak": "2135550100"}

    found = sealed(db, raw | {place: value})

    assert found == {k: v for k, v in raw.items() if k != place} | {f"other.{place}": value}


def test_what_slipped_rests_sealed_and_not_in_clear(db):
    db.ingest(
        "mak,property street,property unit,property city,property state,property zip\n"
        "1234567890,1 Main St,ada@example.com,Los Angeles,CA,90012\n"
    )

    lead = db.one("select id, street, unit from leads")
    assert (lead.street, lead.unit) == ("1 Main St", None)
    assert db.value("select lead_pii(%s) ->> 'other.property_unit'", lead.id) == "ada@example.com"
