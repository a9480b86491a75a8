import pytest

ZONES = "select lead_timezones(%s, %s, %s)"


@pytest.mark.parametrize(
    ("state", "zip", "phone", "zones"),
    [
        ("CA", "90012", None, ["America/Los_Angeles"]),
        ("CA", "90012", "+12135550100", ["America/Los_Angeles"]),
        ("CA", "90012", "+12125550100", ["America/Los_Angeles", "America/New_York"]),
        (None, None, "+12125550100", ["America/New_York"]),
        ("CA", "90012", "+18005550100", ["America/Los_Angeles"]),  # toll-free: it may be anywhere
        (None, None, "+16715550100", ["Pacific/Guam"]),
        (None, None, "+14165550100", ["America/Toronto"]),
    ],
)
def test_the_zones_are_those_of_the_property_and_of_the_area_code(db, state, zip, phone, zones):
    assert db.value(ZONES, state, zip, phone) == zones


def test_an_area_code_that_spans_two_zones_gives_both(db):
    assert {"America/Chicago", "America/New_York"} <= set(db.value(ZONES, None, None, "+18505550100"))


@pytest.mark.parametrize("phone", [None, "+18005550100"])
def test_of_whom_nobody_knows_where_he_is_every_zone_is_asked(db, phone):
    zones = db.value(ZONES, None, None, phone)

    assert {"America/New_York", "America/Los_Angeles", "Pacific/Honolulu", "America/Adak", "Pacific/Guam"} <= set(zones)


def test_every_zone_is_one_that_the_server_knows(db):
    unknown = db.rows(
        "select timezone from zip_zones union select timezone from state_zones"
        " union select timezone from area_code_zones except select name from pg_timezone_names"
    )

    assert unknown == []
