from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

ALLOWED = "select is_contact_hour(c, %s, %s::timestamptz) from campaigns as c"


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "America/Phoenix", "Pacific/Honolulu", "America/New_York"])
def test_calls_are_from_eight_to_nine_in_the_evening_in_the_zone(db, zone):
    start = datetime(2026, 3, 7, tzinfo=ZoneInfo("UTC"))  # the clocks change on the 8th
    moments = [start + timedelta(minutes=20 * n) for n in range(3 * 72)]

    found = db.rows(
        "select t.at, is_contact_hour(c, %s, t.at) as allowed from unnest(%s::timestamptz[]) as t (at), campaigns as c",
        [zone],
        moments,
    )

    assert [r for r in found if r.allowed != (time(8) <= r.at.astimezone(ZoneInfo(zone)).time() < time(21))] == []


def test_of_several_zones_it_must_be_an_hour_in_each(db):
    coasts = ["America/Los_Angeles", "America/New_York"]

    assert not db.value(ALLOWED, coasts, "2026-03-09 10:59 America/New_York")
    assert db.value(ALLOWED, coasts, "2026-03-09 11:00 America/New_York")
    assert not db.value(ALLOWED, coasts, "2026-03-09 21:00 America/New_York")


@pytest.mark.parametrize("zones", [None, []])
def test_without_a_zone_nobody_is_called(db, zones):
    assert db.value(ALLOWED, zones, "2026-03-09 12:00 America/New_York") is False


@pytest.mark.parametrize("change", ["contact_from = '07:59'", "contact_until = '21:01'"])
def test_no_campaign_can_have_longer_hours_than_the_law(db, change):
    with db.refused("23514"):
        db.execute(f"update campaigns set {change}")


def test_a_campaign_may_have_shorter_ones(db):
    db.execute("update campaigns set contact_from = '10:00', contact_until = '10:30'")

    assert not db.value(ALLOWED, ["America/New_York"], "2026-03-09 09:59 America/New_York")
    assert db.value(ALLOWED, ["America/New_York"], "2026-03-09 10:00 America/New_York")
    assert not db.value(ALLOWED, ["America/New_York"], "2026-03-09 10:30 America/New_York")
