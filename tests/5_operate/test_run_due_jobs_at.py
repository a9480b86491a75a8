RUN = "call run_due_jobs_at(%s)"


def runs(db):
    return [(r.job, str(r.day), r.status, r.attempts) for r in db.rows("select * from job_runs order by day, job")]


def test_each_job_runs_once_a_local_day(clone, clock):
    clone.leads(300, status="queued")
    for minutes in range(0, 120, 10):
        clock.set("2026-03-09 05:00")
        clone.execute(RUN, (clock.move(minutes=minutes),))

    assert runs(clone) == [
        ("feed_campaign", "2026-03-09", "done", 1),
        ("refresh_contactable_leads", "2026-03-09", "done", 1),
    ]
    assert clone.value("select fed from campaign_days") == 250


def test_a_failing_job_stops_no_other_and_is_tried_again(clone, clock):
    clone.leads(2, status="queued")
    clone.execute("alter materialized view mv_contactable_leads rename to mv_away")
    clone.execute(RUN, (clock.now,))
    failed = clone.one("select * from job_runs where job = 'refresh_contactable_leads'")
    assert (failed.status, failed.error_code) == ("failed", "42P01")
    assert clone.value("select fed from campaign_days") == 2

    clone.execute("alter materialized view mv_away rename to mv_contactable_leads")
    clone.execute(RUN, (clock.move(minutes=5),))

    assert ("refresh_contactable_leads", "2026-03-09", "done", 2) in runs(clone)


def test_two_callers_at_once_do_no_harm(clone, connect, clock):
    clone.leads(10, status="queued")
    first, second = connect(), connect()

    with first.transaction():
        first.execute(RUN, (clock.now,))
        second.execute("set lock_timeout = '1s'")
        second.execute(RUN, (clock.now,))

    assert clone.value("select fed from campaign_days") == 10
    assert {attempts for *_, attempts in runs(clone)} == {1}


def test_a_feed_that_somebody_else_is_at_is_not_done(clone, connect, clock):
    clone.leads(10, status="queued")
    other = connect()

    with other.transaction():
        other.feed()
        clone.execute(RUN, (clock.now,))
        assert ("feed_campaign", "2026-03-09", "running", 1) in runs(clone)

    clone.execute(RUN, (clock.move(minutes=5),))
    assert ("feed_campaign", "2026-03-09", "done", 2) in runs(clone)


def test_a_feed_that_found_its_leads_held_goes_on_at_the_next_call(clone, connect, clock):
    clone.leads(10, status="queued")
    other = connect()

    with other.transaction():
        other.execute("select from leads for update")
        clone.execute(RUN, (clock.now,))

    clone.execute(RUN, (clock.move(minutes=5),))

    assert clone.value("select fed from campaign_days") == 10
    assert ("feed_campaign", "2026-03-09", "done", 2) in runs(clone)
