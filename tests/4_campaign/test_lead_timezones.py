import pytest
import zipcodes


@pytest.mark.parametrize(
    ("state", "zip", "zones"),
    [
        ("CA", "90012", ["America/Los_Angeles"]),
        ("AZ", "85003", ["America/Phoenix"]),
        ("IN", "46204", ["America/Indiana/Indianapolis"]),
        ("HI", "96813", ["Pacific/Honolulu"]),
        ("TX", "79901", ["America/Denver"]),  # El Paso, unlike the rest of Texas
        ("TX", "77002", ["America/Chicago"]),
        ("PR", "00901", ["America/Puerto_Rico"]),
        ("California", None, ["America/Los_Angeles"]),
    ],
)
def test_the_zip_tells_the_zone_or_else_the_state(db, state, zip, zones):
    assert db.value("select lead_timezones(%s, %s)", state, zip) == zones


def test_a_state_of_two_zones_gives_both_where_the_zip_is_unknown(db):
    assert set(db.value("select lead_timezones('TX', null)")) == {"America/Chicago", "America/Denver"}


def test_of_nobody_knows_where_every_zone_is_asked(db):
    zones = db.value("select lead_timezones(null, null)")

    assert {"America/New_York", "America/Los_Angeles", "Pacific/Honolulu", "America/Anchorage"} <= set(zones)


def test_every_zip_of_the_source_is_where_the_source_says(db):
    known = [z for z in zipcodes.list_all() if z["timezone"] and "/" in z["timezone"]]

    found = db.rows(
        "select t.zip, lead_timezones(t.state, t.zip) as zones from unnest(%s::text[], %s::text[]) as t (state, zip)",
        [z["state"] for z in known],
        [z["zip_code"] for z in known],
    )

    expected = {z["zip_code"]: [z["timezone"]] for z in known}
    assert [row for row in found if row.zones != expected[row.zip]] == []
