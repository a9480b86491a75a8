from datetime import datetime, timezone
from zoneinfo import ZoneInfo

import pytest


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Kathmandu"])
def test_a_moment_is_told_by_the_clock_of_the_zone(db, zone):
    moment = datetime(2026, 3, 9, 13, 5, tzinfo=timezone.utc)
    local = moment.astimezone(ZoneInfo(zone))

    db.execute("set local timezone = 'Asia/Tokyo'")
    assert db.value("select local_time(%s, %s)", moment, zone) == f"{local:%a} {local.day} {local:%b %H:%M}"


def test_a_time_that_is_unknown_stays_null(db):
    assert db.value("select local_time(null, 'UTC')") is None
