def check(db, now):
    return db.one("select * from health_of_contactable(%s)", now)


def test_a_view_that_was_never_refreshed_is_warned_of(db, clock):
    assert check(db, clock.now).status == "warn"


def test_the_job_of_the_day_makes_it_fresh_for_26_hours(db, clock):
    db.execute("call run_due_jobs(null, %s)", (clock.set("2026-03-09 05:30"),))

    fresh, stale = check(db, clock.move(hours=25)), check(db, clock.move(hours=2))

    assert (fresh.status, fresh.detail, fresh.hint) == ("ok", "refreshed Mon 9 Mar 05:30", None)
    assert stale.status == "warn" and "run_due_jobs" in stale.hint


def test_a_failed_refresh_does_not_count(db, clock):
    db.execute(
        "insert into job_runs (job, day, status, started_at, finished_at)"
        " values ('refresh_contactable_leads', %s, 'failed', %s, %s)",
        (clock.now.date(), clock.now, clock.now),
    )

    assert check(db, clock.now).status == "warn"
