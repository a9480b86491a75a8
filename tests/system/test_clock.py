"""What is due when, minute by minute, over clock changes, turns of the year and leap days. zoneinfo is the oracle.

Local times are moments here: one that a day skips is an hour later, one that comes twice is meant the second time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

LOS_ANGELES = "America/Los_Angeles"
SESSION_ZONES = ["UTC", "America/Los_Angeles", "Asia/Kolkata", "Australia/Sydney"]
HOURS = {  # of campaigns: from, until
    "usual": (time(6), time(12)),
    "skipped": (time(2, 15), time(2, 45)),  # a quarter of an hour that does not exist where clocks go forward
    "twice": (time(1, 30), time(1, 45)),  # and one that comes twice where they go back
    "midnight": (time(0), time(0, 1)),
    "all day": (time(0), time(23, 59)),
}
ZONES = [
    LOS_ANGELES, "America/New_York", "America/Phoenix", "America/Anchorage", "Pacific/Honolulu", "America/St_Johns",
    "Europe/London", "Asia/Kolkata", "Australia/Lord_Howe",
]  # fmt: skip


def moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    first = datetime.combine(day, at, zone)
    second = first.replace(fold=1)
    comes_twice = first.utcoffset() > second.utcoffset()
    return (second if comes_twice else first).astimezone(UTC)


def special_days(zone: ZoneInfo, until: date = date(2029, 1, 2)) -> list[date]:
    """Each day of 2024 to 2028 on which the clocks change, the turns of the year, the leap days; with a day around."""
    found = set()
    day = date(2023, 12, 31)
    while day < until:
        changes = datetime.combine(day, time(12), zone).utcoffset() != datetime.combine(day, time(0), zone).utcoffset()
        if changes or (day.month, day.day) in ((12, 31), (1, 1), (2, 29)):
            found |= {day + timedelta(days=n) for n in (-1, 0, 1)}
        day += timedelta(days=1)
    return sorted(found)


def minutes_of(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first and the last minute of a local day; it may have 23 or 25 hours."""
    end = datetime.combine(day + timedelta(days=1), time(0), zone).astimezone(UTC)
    return datetime.combine(day, time(0), zone).astimezone(UTC), end - timedelta(minutes=1)


def spans(moments: list[datetime]) -> Iterator[tuple[datetime, datetime]]:
    """Runs of minutes that follow each other, as first and last."""
    first = last = None
    for at in sorted(moments):
        if last is None or at != last + timedelta(minutes=1):
            if last is not None:
                yield first, last
            first = at
        last = at
    if last is not None:
        yield first, last


def due_spans(db: Any, query: str, days: list[date], zone: ZoneInfo, *args: Any) -> list[tuple[datetime, datetime]]:
    """The runs of minutes for which the query, one row a due minute, answers."""
    bounds = [minutes_of(day, zone) for day in days]
    rows = db.rows(query, [first for first, _ in bounds], [last for _, last in bounds], *args)
    return list(spans([row[0].astimezone(UTC) for row in rows]))


def expected_spans(days: list[date], zone: ZoneInfo, from_: time, until: time) -> list[tuple[datetime, datetime]]:
    minutes = []
    for day in days:
        at, end = moment(day, from_, zone), moment(day, until, zone)
        while at < end:
            minutes.append(at)
            at += timedelta(minutes=1)
    return list(spans(minutes))


FEED_DUE = """
    select t.at
      from unnest(%s::timestamptz[], %s::timestamptz[]) as d (first, last)
     cross join generate_series(d.first, d.last, interval '1 minute') as t (at)
      join campaigns as c on c.name = %s
     where feed_obstacle(c, t.at) is null
"""


@pytest.fixture
def every_day(db: Any) -> Any:
    """Campaigns of several hours, fed on every day of the week."""
    db.execute("update campaigns set feed_days = '{1,2,3,4,5,6,7}'")
    for name, (from_, until) in HOURS.items():
        db.execute(
            "insert into campaigns (name, feed_days, feed_at, catch_up_until) values (%s, '{1,2,3,4,5,6,7}', %s, %s)",
            (name, from_, until),
        )
    return db


@pytest.mark.parametrize(
    ("session_zone", "name"),
    [(zone, "usual") for zone in SESSION_ZONES] + [(SESSION_ZONES[-1], name) for name in HOURS if name != "usual"],
)
def test_the_feed_is_due_once_a_day_to_the_minute_whatever_the_session_zone(every_day, session_zone, name):
    zone = ZoneInfo(LOS_ANGELES)
    days = special_days(zone)
    every_day.execute("select set_config('timezone', %s, true)", (session_zone,))

    found = due_spans(every_day, FEED_DUE, days, zone, name)

    assert len(days) > 45
    assert found == expected_spans(days, zone, *HOURS[name])


@pytest.mark.parametrize("zone", ZONES)
def test_the_feed_is_due_by_the_clock_of_its_campaign(every_day, zone):
    days = special_days(ZoneInfo(zone), until=date(2025, 1, 2))
    every_day.execute("update campaigns set timezone = %s", (zone,))

    for name in ("usual", "skipped"):
        found = due_spans(every_day, FEED_DUE, days, ZoneInfo(zone), name)
        assert found == expected_spans(days, ZoneInfo(zone), *HOURS[name])


@pytest.mark.parametrize("session_zone", SESSION_ZONES)
def test_the_refresh_is_due_from_half_past_five_to_the_minute(db, session_zone):
    zone = ZoneInfo(LOS_ANGELES)
    days = special_days(zone, until=date(2029 if session_zone == "UTC" else 2025, 1, 2))
    db.execute("select set_config('timezone', %s, true)", (session_zone,))

    found = due_spans(
        db,
        """
        select t.at
          from unnest(%s::timestamptz[], %s::timestamptz[]) as d (first, last)
         cross join generate_series(d.first, d.last, interval '1 minute') as t (at)
         cross join lateral due_jobs(t.at) as j
         where j.job = 'refresh_contactable_leads'
           and j.day = (t.at at time zone 'America/Los_Angeles')::date
        """,
        days,
        zone,
    )

    assert found == expected_spans(days, zone, time(5, 30), time(23, 59))


CALL_EVERY_MINUTE = """
    do $$
    declare
      v_at timestamptz;
    begin
      for v_at in select generate_series('{first}'::timestamptz, '{last}', interval '1 minute') loop
        call run_due_jobs(null, v_at);
      end loop;
    end
    $$
"""


@pytest.mark.parametrize(
    ("server_zone", "first", "last"),
    [
        ("UTC", date(2026, 3, 6), date(2026, 3, 9)),
        ("America/Los_Angeles", date(2026, 10, 30), date(2026, 11, 2)),
        ("Asia/Kolkata", date(2027, 12, 31), date(2028, 1, 3)),
        ("Australia/Sydney", date(2028, 2, 28), date(2028, 3, 1)),
    ],
)
def test_called_every_minute_each_job_runs_once_a_local_day_at_its_minute(clone, connect, server_zone, first, last):
    clone.execute("insert into campaigns (name, timezone) values ('east', 'America/New_York')")
    clone.execute(f"alter database {clone.info.dbname} set timezone = '{server_zone}'")
    caller, los_angeles = connect(), ZoneInfo(LOS_ANGELES)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]

    assert caller.value("show timezone") == server_zone
    start, end = minutes_of(first, los_angeles)[0], minutes_of(last, los_angeles)[1]
    caller.execute(CALL_EVERY_MINUTE.format(first=start, last=end))

    expected = [
        (job, "", day, moment(day, at, los_angeles))
        for job, at in (("purge_expired", time(3, 30)), ("refresh_contactable_leads", time(5, 30)))
        for day in days
    ]
    for name, zone in (("default", LOS_ANGELES), ("east", "America/New_York")):
        expected += [
            ("feed_campaign", name, day, moment(day, time(6), ZoneInfo(zone))) for day in days if day.isoweekday() <= 5
        ]
    found = clone.rows("select job, subject, day, started_at, status, attempts from job_runs")
    assert {(row.status, row.attempts) for row in found} == {("done", 1)}
    assert sorted((row.job, row.subject, row.day, row.started_at.astimezone(UTC)) for row in found) == sorted(expected)


@pytest.mark.parametrize("day", [date(2026, 3, 9), date(2026, 11, 2), date(2028, 2, 29)])
@pytest.mark.parametrize(("back_at", "fed"), [("06:01", 250), ("11:59", 250), ("12:00", None)])
def test_after_an_outage_of_a_week_a_late_feed_catches_up_until_its_limit(db, clock, day, back_at, fed):
    db.leads(600, status="queued")
    before = day - timedelta(days=7)
    db.execute("call run_due_jobs(null, %s)", (clock.set(f"{before} 07:00"),))

    db.execute("call run_due_jobs(null, %s)", (clock.set(f"{day} {back_at}"),))

    expected = {before: 250} | ({day: fed} if fed else {})  # and nothing for the days between
    assert {row.day: row.fed for row in db.rows("select day, fed from campaign_days")} == expected
