from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

WITHIN = "select is_within_day(%s::timestamptz, %s, %s::time, %s::time)"
NEW_YORK = "America/New_York"


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 31), timezones=st.just(ZoneInfo("UTC"))),
    st.times().map(lambda t: t.replace(microsecond=0)),
    st.times().map(lambda t: t.replace(microsecond=0)),
)
def test_on_a_day_whose_clocks_stand_it_is_the_local_time_that_counts(db, moment, from_, until):
    local = moment.astimezone(ZoneInfo("Asia/Kolkata"))

    found = db.value(WITHIN, moment, "Asia/Kolkata", from_, until)

    assert found == (from_ <= local.time() < until)


@pytest.mark.parametrize(
    ("first", "last", "day"),
    [("07:15", "07:45", date(2026, 3, 8)), ("06:30", "06:45", date(2026, 11, 1))],
    ids=["skipped", "twice"],
)
def test_a_time_that_is_skipped_is_an_hour_later_and_one_that_comes_twice_is_the_second(db, first, last, day):
    from_, until = (time(2, 15), time(2, 45)) if day.month == 3 else (time(1, 30), time(1, 45))
    minutes = [
        datetime(day.year, day.month, day.day, tzinfo=ZoneInfo("UTC")) + timedelta(minutes=n) for n in range(1440)
    ]

    within = [at.strftime("%H:%M") for at in minutes if db.value(WITHIN, at, NEW_YORK, from_, until)]

    assert (within[0], within[-1]) == (
        first,
        (datetime.strptime(last, "%H:%M") - timedelta(minutes=1)).strftime("%H:%M"),
    )
    assert len(within) == (datetime.strptime(last, "%H:%M") - datetime.strptime(first, "%H:%M")).seconds // 60


def test_what_is_missing_gives_null(db):
    assert db.value(WITHIN, None, NEW_YORK, "06:00", "12:00") is None
