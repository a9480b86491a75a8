"""One record as a staged row: its keys, or why it has none."""

import pytest


def stage(db, limit=100, **row):
    """A row with these fields, an underscore before a name that is not canonical."""
    columns = "array(select f from contact_fields as f order by f.channel, f.rank)"
    return db.one(f"select * from stage_row(7, %s, %s, {columns}, %s)", list(row.values()), list(row), limit)


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


@pytest.mark.parametrize("values", [["1234567890"], ["1234567890", "Ada", "more"]])
def test_a_line_that_is_shorter_or_longer_than_the_header_is_rejected_and_kept(db, values):
    row = db.one("select * from stage_row(7, %s, array['mak', 'first_name'], '{}', 100)", values)

    assert (row.line_number, row.outcome) == (7, "rejected")
    assert row.reason == f"the line has {len(values)} fields, the header 2"
    assert row.raw == {"other.values": values}


def test_a_field_of_too_many_bytes_is_rejected(db):
    assert stage(db, limit=10, mak="1234567890", notes="é" * 5).outcome is None
    row = stage(db, limit=10, mak="1234567890", notes="é" * 5 + "x")
    assert (row.outcome, row.reason) == ("rejected", "a field has more than 10 bytes")


def test_values_are_trimmed_and_empty_ones_left_out(db):
    row = stage(db, mak=" 1234567890 ", first_name="\u00a0Ada\r\n", last_name="  ", notes="")

    assert row.raw == {"mak": " 1234567890 ".strip(), "first_name": "Ada"}


def test_contacts_leave_the_raw_row_and_the_first_of_each_is_named(db):
    row = stage(
        db, mak="1234567890", phone_1="555", phone_2="2135550102", phone_3="2135550103", email_1="a@example.com"
    )

    assert [c["field"] for c in row.contacts] == ["email_1", "phone_2", "phone_3"]
    assert (row.phone, row.email) == ("+12135550102", "a@example.com")
    assert row.raw == {"mak": "1234567890", "phone_1": "555"}
