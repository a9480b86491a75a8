from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

NEXT = "select next_contact_time(c, %s, %s::timestamptz) from campaigns as c where c.name = 'default'"
ZONES = [
    "America/Los_Angeles", "America/New_York", "America/Phoenix", "Pacific/Honolulu", "America/Adak",
    "America/St_Johns", "Pacific/Guam", "America/Denver",
]  # fmt: skip


def is_waking(zones, at):
    return all(time(8) <= at.astimezone(ZoneInfo(zone)).time() < time(21) for zone in zones)


@given(
    st.lists(st.sampled_from(ZONES), min_size=1, max_size=3),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(
        lambda t: t.replace(minute=t.minute // 30 * 30, second=0, microsecond=0, tzinfo=UTC)
    ),
)
def test_it_is_the_first_moment_at_which_all_zones_are_awake(db, zones, now):
    expected = now
    while not is_waking(zones, expected):
        expected += timedelta(minutes=30)

    assert db.value(NEXT, zones, now) == expected


def test_where_no_hour_suits_all_there_is_none(db):
    db.execute("update campaigns set contact_from = '10:00', contact_until = '12:00'")

    assert db.value(NEXT, ["America/Los_Angeles", "America/New_York"], "2026-03-09 10:00Z") is None
