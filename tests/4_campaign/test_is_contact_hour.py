from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

PLACES = [
    ("CA", "90012", "America/Los_Angeles"),
    ("AZ", "85003", "America/Phoenix"),
    ("NY", "10001", "America/New_York"),
    ("HI", "96813", "Pacific/Honolulu"),
    ("AK", "99501", "America/Anchorage"),
    ("IN", "46204", "America/Indiana/Indianapolis"),
]


@pytest.mark.parametrize(("state", "zip", "zone"), PLACES)
def test_calls_are_from_eight_to_nine_in_the_evening_where_the_property_is(db, state, zip, zone):
    start = datetime(2026, 3, 7, tzinfo=ZoneInfo("UTC"))  # the clocks change on the 8th
    moments = [start + timedelta(minutes=20 * n) for n in range(3 * 72)]

    found = db.rows(
        "select t.at, is_contact_hour(c, %s, %s, t.at) as allowed"
        " from unnest(%s::timestamptz[]) as t (at), campaigns as c",
        state, zip, moments,
    )  # fmt: skip

    assert [r for r in found if r.allowed != (time(8) <= r.at.astimezone(ZoneInfo(zone)).time() < time(21))] == []


def test_where_nobody_knows_the_zone_it_must_be_an_hour_for_all(db):
    allowed = "select is_contact_hour(c, null, null, %s::timestamptz) from campaigns as c"

    assert not db.value(allowed, "2026-03-09 08:30 America/New_York")
    assert db.value(allowed, "2026-03-09 15:00 America/New_York")
    assert not db.value(allowed, "2026-03-09 20:59 America/Los_Angeles")
