import pytest
import zipcodes

ZONES = "select property_timezones(%s, %s)"
TEXAS = ["America/Chicago", "America/Denver"]


@pytest.mark.parametrize(
    ("state", "zip", "zones"),
    [
        ("CA", "90012", ["America/Los_Angeles"]),
        ("IN", "46204", ["America/Indiana/Indianapolis"]),
        ("TX", "79901", ["America/Denver"]),  # El Paso, unlike the rest of Texas
        ("TX", "77002-1234", ["America/Chicago"]),
        ("PR", "00901", ["America/Puerto_Rico"]),
        (None, "96910", ["Pacific/Guam"]),
        ("California", None, ["America/Los_Angeles"]),
        ("N.Y.", None, ["America/New_York"]),
        ("GU", None, ["Pacific/Guam"]),
        ("TX", None, TEXAS),
    ],
)
def test_the_zip_tells_the_zone_or_else_the_state(db, state, zip, zones):
    assert db.value(ZONES, state, zip) == zones


def test_an_unknown_zip_of_a_place_with_several_zones_may_be_in_each(db):
    unknown = "86599"
    assert not zipcodes.is_real(unknown)

    assert db.value(ZONES, None, unknown) == ["America/Denver", "America/Phoenix"]


def test_an_unknown_zip_is_where_its_state_is(db):
    unknown = "79799"  # beside El Paso's 798 and 799
    assert not zipcodes.is_real(unknown)

    assert set(db.value(ZONES, "TX", unknown)) <= set(TEXAS)


def test_a_zip_and_a_state_that_contradict_each_other_give_both(db):
    assert db.value(ZONES, "CA", "10001") == ["America/Los_Angeles", "America/New_York"]


@pytest.mark.parametrize(
    ("state", "zip"), [(None, None), ("Narnia", None), ("", "501"), ("AE", "09012"), ("ON", "M5V")]
)
def test_where_nobody_knows_there_is_none(db, state, zip):
    assert db.value(ZONES, state, zip) is None


def test_every_zip_of_the_source_is_where_the_source_says(db):
    known = [z for z in zipcodes.list_all() if z["timezone"] and "/" in z["timezone"]]

    found = db.rows(
        "select t.zip, property_timezones(t.state, t.zip) as zones"
        " from unnest(%s::text[], %s::text[]) as t (state, zip)",
        [z["state"] for z in known],
        [z["zip_code"] for z in known],
    )

    expected = {z["zip_code"]: [z["timezone"]] for z in known}
    other = {row.zip: row.zones for row in found if row.zones != expected[row.zip]}
    # but for the border of the Navajo Nation, of whose ZIPs the source names one zone
    both = ["America/Denver", "America/Phoenix"]
    assert other == dict.fromkeys(["86003", "86034", "86036", "86040", "86045", "86047", "86502", "86512"], both)
