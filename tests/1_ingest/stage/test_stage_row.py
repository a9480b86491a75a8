"""One record as a staged row: its keys, or why it has none."""

import pytest
from psycopg.types.json import Jsonb


def stage(db, fault=None, **row):
    """A row with these fields."""
    columns = "array(select f from contact_fields as f order by f.channel, f.rank)"
    return db.one(f"select * from stage_row(7, %s, %s, {columns})", Jsonb(row), fault)


ADDRESS = {
    "property_street": "12 Main St",
    "property_city": "Los Angeles",
    "property_state": "CA",
    "property_zip": "90012",
}
APN = {"apn": "123-456-78", "property_state": "CA"}


def test_the_three_keys_are_read(db):
    row = stage(db, mak="1234567890", county_fips="6037", **APN | ADDRESS)

    assert (row.line_number, row.mak, row.county_fips, row.apn) == (7, "1234567890", "06037", "12345678")
    assert row.addr_hash == db.value("select address_hash('12 Main St', null, 'Los Angeles', 'CA', '90012')")
    assert (row.outcome, row.reason) == (None, None)


@pytest.mark.parametrize("results", ["AS02,AE08", "AE09,AS02", "AS02,GS05,AE09"])
def test_a_building_s_mak_is_no_key(db, results):
    assert stage(db, mak="1234567890", melissa_results=results, **ADDRESS).mak is None


@pytest.mark.parametrize("results", ["AS01", "AS02", "AE08", ""])
def test_any_other_mak_is(db, results):
    assert stage(db, mak="1234567890", melissa_results=results, **ADDRESS).mak == "1234567890"


@pytest.mark.parametrize("code", ["", "N/A", "n/a", "00000", "unknown", "-"])
def test_a_county_s_code_that_is_none_leaves_its_name_to_tell(db, code):
    row = stage(db, county_fips=code, county="Los Angeles", **APN)

    assert (row.county_fips, row.apn) == ("06037", "12345678")


def test_a_good_code_comes_before_the_name(db):
    assert stage(db, county_fips="06059", county="Los Angeles", **APN).county_fips == "06059"


def test_an_apn_without_its_county_is_no_key(db):
    row = stage(db, mak="1234567890", county="Nowhere", **APN)

    assert (row.county_fips, row.apn) == (None, None)


def test_a_row_without_a_key_is_rejected_with_the_reason(db):
    row = stage(db, first_name="Ada", property_city="Los Angeles")

    assert (row.outcome, row.contacts) == ("rejected", [])
    assert "no key" in row.reason


def test_a_row_with_a_fault_is_rejected_as_it_is(db):
    row = stage(db, fault="the line has 1 fields, the header 2", mak="1234567890", phone_1="2135550101")

    assert (row.line_number, row.outcome, row.reason) == (7, "rejected", "the line has 1 fields, the header 2")
    assert (row.mak, row.contacts, row.raw) == (None, [], {"mak": "1234567890", "phone_1": "2135550101"})


def test_contacts_leave_the_raw_row_and_the_first_of_each_is_named(db):
    row = stage(
        db, mak="1234567890", phone_1="555", phone_2="2135550102", phone_3="2135550103", email_1="a@example.com"
    )

    assert [c["field"] for c in row.contacts] == ["email_1", "phone_2", "phone_3"]
    assert (row.phone, row.email) == ("+12135550102", "a@example.com")
    assert row.raw == {"mak": "1234567890", "phone_1": "555"}
