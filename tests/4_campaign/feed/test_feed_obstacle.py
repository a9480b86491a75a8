"""The calendar of the feed, against zoneinfo, over both clock changes of five years."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

LOS_ANGELES, UTC = ZoneInfo("America/Los_Angeles"), ZoneInfo("UTC")


def around_clock_changes():
    """The days on which Los Angeles changes its clocks, and three on each side."""
    day = date(2024, 1, 1)
    while day < date(2029, 1, 1):
        noon = datetime.combine(day, time(12), LOS_ANGELES)
        if noon.utcoffset() != (noon - timedelta(days=1)).utcoffset():
            yield from (day + timedelta(days=n) for n in range(-3, 4))
        day += timedelta(days=1)


def expected(moment):
    local = moment.astimezone(LOS_ANGELES)
    due = local.isoweekday() <= 5 and time(6) <= local.time() < time(12)
    return None if due else "not_due"


@pytest.mark.parametrize("session_zone", ["UTC", "America/Los_Angeles", "Asia/Kolkata", "Australia/Sydney"])
def test_it_is_due_from_six_to_noon_on_working_days_over_both_clock_changes(db, session_zone):
    db.execute("select set_config('timezone', %s, true)", (session_zone,))
    minutes = [
        datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=n)
        for day in around_clock_changes()
        for n in (*range(0, 1440, 97), 12 * 60 + 59, 13 * 60, 13 * 60 + 1, 14 * 60 - 1, 14 * 60, 19 * 60, 20 * 60)
    ]

    found = db.rows(
        "select t.at, feed_obstacle(c, t.at) as obstacle from unnest(%s::timestamptz[]) as t (at), campaigns as c",
        minutes,
    )

    assert len(found) == len(minutes) > 1000
    assert [row for row in found if row.obstacle != expected(row.at)] == []


def test_a_paused_campaign_says_so_at_any_hour(db):
    db.execute("update campaigns set paused = true")

    assert db.value("select feed_obstacle(c, '2026-03-09 03:00+00') from campaigns as c") == "paused"


def test_holidays_are_skipped_only_where_the_campaign_says_so(db):
    thanksgiving = "select feed_obstacle(c, '2026-11-26 06:00 America/Los_Angeles') from campaigns as c"
    assert db.value(thanksgiving) is None

    db.execute("update campaigns set skip_holidays = true")

    assert db.value(thanksgiving) == "holiday"


def test_a_day_that_is_no_holiday_is_due_where_holidays_are_skipped(db):
    db.execute("update campaigns set skip_holidays = true")

    assert db.value("select feed_obstacle(c, '2026-11-25 06:00 America/Los_Angeles') from campaigns as c") is None
