import json

import pytest


def set_aside(db, fields, mak=None, apn=None):
    return db.value("select set_aside_fields(%s::jsonb, %s, %s)", json.dumps(fields), mak, apn)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("mak", "ada@example.com"),
        ("apn", "123-456"),
        ("county_fips", "06037"),
        ("lead_score", "101"),
    ],
)
def test_what_its_column_cannot_hold_is_kept_as_other(db, field, value):
    assert set_aside(db, {field: value, "notes": "x"}) == {f"other.{field}": value, "notes": "x"}


def test_what_it_can_hold_stays(db):
    fields = {"apn": "123-456", "county_fips": "06037", "lead_score": "100", "melissa_results": "AS01,GS05"}

    assert set_aside(db, fields, apn="123456") == fields


def test_a_building_s_mak_stays(db):
    assert set_aside(db, {"mak": "0123456789"}) == {"mak": "0123456789"}


def test_of_result_codes_with_more_beside_them_text_and_codes_are_kept(db):
    mixed = {"melissa_results": "AS01,call Ada"}

    assert set_aside(db, mixed) == {**mixed, "other.melissa_results": "AS01,call Ada"}
