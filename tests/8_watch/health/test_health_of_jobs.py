import pytest


@pytest.fixture(autouse=True)
def installed_long_ago(db):
    db.execute("update installation set recorded_at = '2026-01-01Z'")


def check(db, name, now):
    return db.one("select * from health_of_jobs(%s) where check_name = %s", now, name)


def ran(db, job, subject, day, status="done"):
    db.execute(
        "insert into job_runs (job, subject, day, status, started_at, error_code, error_message)"
        " values (%s, %s, %s, %s, %s, '57014', 'cancelled')",
        (job, subject, day, status, f"{day} 14:00Z"),
    )


def test_before_anything_was_due_nothing_is_missed(db, clock):
    db.execute("update installation set recorded_at = %s", (clock.set("2026-03-09 05:00"),))

    assert check(db, "jobs_missed", clock.set("2026-03-09 11:59")).status == "ok"


def test_a_job_that_never_ran_is_a_warning_once_its_time_is_over(db, clock):
    db.execute("update installation set recorded_at = %s", (clock.set("2026-03-09 05:00"),))

    row = check(db, "jobs_missed", clock.set("2026-03-09 12:00"))
    assert (row.status, row.detail) == ("warn", "feed_campaign default has never run")
    assert "run_due_jobs" in row.hint


def test_a_feed_that_used_to_run_and_did_not_fails_after_its_limit(db, clock):
    ran(db, "feed_campaign", "default", "2026-03-09")
    ran(db, "purge_expired", "", "2026-03-09")
    ran(db, "refresh_contactable_leads", "", "2026-03-09")

    assert check(db, "jobs_missed", clock.set("2026-03-10 11:59")).status == "ok"
    row = check(db, "jobs_missed", clock.set("2026-03-10 12:00"))
    assert (row.status, row.detail) == ("fail", "feed_campaign default did not run on 2026-03-10")


def test_a_later_run_makes_good_for_a_missed_day(db, clock):
    ran(db, "feed_campaign", "default", "2026-03-06")
    ran(db, "purge_expired", "", "2026-03-09")
    ran(db, "refresh_contactable_leads", "", "2026-03-09")

    assert check(db, "jobs_missed", clock.set("2026-03-09 05:45")).status == "ok"


def test_a_weekend_is_no_miss(db, clock):
    ran(db, "feed_campaign", "default", "2026-03-06")
    ran(db, "purge_expired", "", "2026-03-08")
    ran(db, "refresh_contactable_leads", "", "2026-03-08")

    assert check(db, "jobs_missed", clock.set("2026-03-09 05:45")).status == "ok"


def test_a_skipped_holiday_and_a_pause_are_no_miss(db, clock):
    ran(db, "feed_campaign", "default", "2026-03-09")
    ran(db, "purge_expired", "", "2026-03-10")
    ran(db, "refresh_contactable_leads", "", "2026-03-10")
    now = clock.set("2026-03-10 13:00")
    db.execute("insert into holidays (day, name) values ('2026-03-10', 'a holiday')")
    db.execute("update campaigns set skip_holidays = true")
    assert check(db, "jobs_missed", now).status == "ok"

    db.execute("update campaigns set skip_holidays = false")
    assert check(db, "jobs_missed", now).status == "fail"

    db.execute("update campaigns set paused = true")
    assert check(db, "jobs_missed", now).status == "ok"


def test_a_run_that_failed_is_told_with_its_error(db, clock):
    ran(db, "feed_campaign", "default", "2026-03-09", "failed")

    row = check(db, "jobs_failed", clock.now)
    assert (row.status, row.detail) == (
        "fail", "feed_campaign default failed on 2026-03-09, 1 attempt: 57014 cancelled",
    )  # fmt: skip


def test_a_failure_that_a_later_day_made_good_is_past(db, clock):
    ran(db, "feed_campaign", "default", "2026-03-06", "failed")
    ran(db, "feed_campaign", "default", "2026-03-09")

    assert check(db, "jobs_failed", clock.now).status == "ok"


def test_a_run_that_does_not_end_is_told(db, clock):
    ran(db, "feed_campaign", "default", "2026-03-09", "running")

    assert check(db, "jobs_failed", clock.set("2026-03-09 08:00")).status == "ok"
    assert check(db, "jobs_failed", clock.set("2026-03-09 08:01")).status == "fail"
