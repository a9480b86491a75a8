from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/Los_Angeles")


def next_due(now, run_at, limit, days, done):
    """Where the next run is due, found by walking through the days."""
    day = now.astimezone(ZONE).date()
    while day in done or day.isoweekday() not in days or now >= datetime.combine(day, limit, ZONE):
        day += timedelta(days=1)
    return datetime.combine(day, run_at, ZONE)


def test_a_job_that_never_ran_shows_when_it_is_due(db):
    now = db.value("select now()")

    with db.acting_as("pipeline_reader"):
        rows = {row.job: row for row in db.rows("select * from job_status")}
    feed, refresh = rows["feed_campaign"], rows["refresh_contactable_leads"]
    assert (feed.subject, feed.last_day, feed.status) == ("default", None, None)
    assert feed.next_due_at == next_due(now, time(6), time(12), range(1, 6), ())
    assert refresh.next_due_at == next_due(now, time(5, 30), time(23, 59), range(1, 8), ())


def test_the_last_run_is_shown_and_after_a_done_one_the_next_day_is_due(db):
    now = db.value("select now()")
    today = now.astimezone(ZONE).date()
    db.execute(
        """
        insert into job_runs (job, subject, day, status, started_at, rows)
        values ('feed_campaign', 'default', %s, 'failed', now(), null),
               ('feed_campaign', 'default', %s, 'done', now(), 250)
        """,
        (today - timedelta(days=1), today),
    )

    row = db.one("select * from job_status where job = 'feed_campaign'")
    assert (row.last_day, row.status, row.rows) == (today, "done", 250)
    assert row.next_due_at == next_due(now, time(6), time(12), range(1, 6), (today,))


def test_a_failure_is_shown_with_its_error_and_is_due_again(db):
    db.execute(
        """
        insert into job_runs (job, day, status, attempts, started_at, error_code, error_message)
        values ('refresh_contactable_leads', local_day(now(), 'America/Los_Angeles'), 'failed', 3, now(),
                '57014', 'cancelled')
        """
    )

    row = db.one("select * from job_status where job = 'refresh_contactable_leads'")
    assert (row.status, row.attempts, row.error_code, row.error_message) == ("failed", 3, "57014", "cancelled")
    assert row.next_due_at == next_due(db.value("select now()"), time(5, 30), time(23, 59), range(1, 8), ())


def test_a_paused_campaign_is_not_due(db):
    db.execute("update campaigns set paused = true")

    assert db.value("select next_due_at from job_status where job = 'feed_campaign'") is None


def test_a_holiday_is_stepped_over_where_the_campaign_skips_them(db):
    due = db.value("select next_due_at from job_status where job = 'feed_campaign'")
    day = due.astimezone(ZONE).date()
    db.execute("update campaigns set skip_holidays = true")
    db.execute("insert into holidays (day, name) values (%s, 'a holiday') on conflict do nothing", (day,))

    assert db.value("select next_due_at from job_status where job = 'feed_campaign'") > due
