from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

ZONES = ["America/Los_Angeles", "America/New_York", "Asia/Kolkata", "Australia/Sydney", "UTC"]


@given(st.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)), st.sampled_from(ZONES))
def test_the_day_is_the_zone_s_and_not_the_server_s(db, moment, zone):
    assert db.value("select local_day(%s, %s)", moment, zone) == moment.astimezone(ZoneInfo(zone)).date()


@pytest.mark.parametrize("session_zone", ZONES)
def test_the_session_s_zone_does_not_matter(db, session_zone):
    db.execute("select set_config('timezone', %s, true)", (session_zone,))

    day = db.value("select local_day('2026-03-08 07:59:59+00', 'America/Los_Angeles')")

    assert str(day) == "2026-03-07"
