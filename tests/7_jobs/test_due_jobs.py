from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

LOS_ANGELES = ZoneInfo("America/Los_Angeles")


def due(db):
    return [(row.job, row.subject, str(row.day)) for row in db.rows("select * from due_jobs(%s)", db.clock.now)]


PURGE = ("purge_expired", "")
REFRESH = ("refresh_contactable_leads", "")
FEED = ("feed_campaign", "default")


def test_the_purge_is_due_from_half_past_three_the_refresh_from_half_past_five_and_the_feed_from_six(db, clock):
    clock.set("2026-03-09 03:29")
    assert due(db) == []

    clock.set("2026-03-09 03:30")
    assert due(db) == [(*PURGE, "2026-03-09")]

    clock.set("2026-03-09 05:30")
    assert due(db) == [(*PURGE, "2026-03-09"), (*REFRESH, "2026-03-09")]

    clock.set("2026-03-09 06:00")
    assert due(db) == [(*PURGE, "2026-03-09"), (*REFRESH, "2026-03-09"), (*FEED, "2026-03-09")]


def test_after_its_limit_a_missed_job_is_given_up(db, clock):
    clock.set("2026-03-09 12:00")

    assert due(db) == [(*PURGE, "2026-03-09"), (*REFRESH, "2026-03-09")]


def test_on_sunday_nothing_is_fed(db, clock):
    clock.set("2026-03-08 06:00")

    assert due(db) == [(*PURGE, "2026-03-08"), (*REFRESH, "2026-03-08")]


def test_a_job_is_due_on_its_own_days_alone(db, clock):
    db.execute("update jobs set days = '{7}' where name = 'purge_expired'")

    clock.set("2026-03-08 04:00")  # a Sunday
    assert due(db) == [(*PURGE, "2026-03-08")]

    clock.set("2026-03-09 04:00")
    assert due(db) == []


def test_what_is_done_today_is_due_tomorrow_and_what_failed_is_due_now(db, clock):
    clock.set("2026-03-09 06:00")
    db.execute(
        "insert into job_runs (job, subject, day, status, started_at) values"
        " ('purge_expired', '', '2026-03-09', 'done', now()),"
        " ('refresh_contactable_leads', '', '2026-03-09', 'done', now()),"
        " ('feed_campaign', 'default', '2026-03-09', 'failed', now())"
    )
    assert due(db) == [(*FEED, "2026-03-09")]

    clock.move(days=1)
    assert due(db) == [(*PURGE, "2026-03-10"), (*REFRESH, "2026-03-10"), (*FEED, "2026-03-10")]


def test_each_campaign_has_its_own_hour(db, clock):
    db.execute("insert into campaigns (name, timezone) values ('east', 'America/New_York')")
    db.execute("update jobs set enabled = false where not per_campaign")
    clock.set("2026-03-09 06:00", "America/New_York")

    assert due(db) == [("feed_campaign", "east", "2026-03-09")]


def test_a_job_that_is_switched_off_is_never_due(db, clock):
    db.execute("update jobs set enabled = false")

    assert due(db) == []


def around_clock_changes():
    """Four days around each change of Los Angeles' clocks, with the turns of the year and the leap days."""
    day = date(2023, 12, 31)
    while day < date(2029, 1, 3):
        noon = datetime.combine(day, time(12), LOS_ANGELES)
        changes = noon.utcoffset() != (noon - timedelta(days=1)).utcoffset()
        if changes or (day.month, day.day) in ((1, 1), (2, 29)):
            yield from (day + timedelta(days=n) for n in range(-1, 3))
        day += timedelta(days=1)


def expected(moment):
    """The jobs that are due by zoneinfo's reckoning, and their local day."""
    local = moment.astimezone(LOS_ANGELES)
    jobs = [
        (*job, local.date())
        for job, from_ in ((PURGE, time(3, 30)), (REFRESH, time(5, 30)))
        if from_ <= local.time() < time(23, 59)
    ]
    if local.isoweekday() <= 5 and time(6) <= local.time() < time(12):
        jobs.append((*FEED, local.date()))
    return jobs


@pytest.mark.parametrize("session_zone", ["UTC", "America/Los_Angeles", "Asia/Kolkata", "Australia/Sydney"])
def test_over_clock_changes_each_job_is_due_from_its_local_minute_on(db, session_zone):
    db.execute("select set_config('timezone', %s, true)", (session_zone,))
    edges = [time(10, 30), time(11, 30), time(12, 30), time(13), time(13, 30), time(14), time(19), time(20)]  # in UTC
    edges = [edge.hour * 60 + edge.minute for edge in (*edges, time(6, 59), time(7, 59))]
    minutes = [
        datetime.combine(day, time(0), UTC) + timedelta(minutes=minute)
        for day in sorted(set(around_clock_changes()))
        for minute in sorted({*range(0, 1440, 180), *(edge + n for edge in edges for n in (-1, 0, 1))})
    ]

    rows = db.rows(
        "select t.at, d.job, d.subject, d.day from unnest(%s::timestamptz[]) as t (at)"
        " left join lateral due_jobs(t.at) as d on true",
        minutes,
    )

    found = {minute: [] for minute in minutes}
    for row in rows:
        if row.job:
            found[row.at.astimezone(UTC)].append((row.job, row.subject, row.day))
    assert len(minutes) > 1500
    assert [m for m in minutes if found[m] != expected(m)] == []
