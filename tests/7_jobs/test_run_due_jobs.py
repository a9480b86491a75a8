def test_a_writer_may_call_it_at_any_time(clone, connect):
    service = connect("pipeline_writer")

    service.execute("call run_due_jobs()")
    service.execute("call run_due_jobs()")


RUN = "call run_due_jobs(null, %s)"


def runs(db):
    return [(r.job, str(r.day), r.status, r.attempts) for r in db.rows("select * from job_runs order by day, job")]


def test_each_job_runs_once_a_local_day(clone, clock):
    clone.leads(300, status="queued")
    for minutes in range(0, 240, 10):
        clock.set("2026-03-09 03:00")
        clone.execute(RUN, (clock.move(minutes=minutes),))

    assert runs(clone) == [
        ("feed_campaign", "2026-03-09", "done", 1),
        ("purge_expired", "2026-03-09", "done", 1),
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


def test_a_refresh_that_takes_long_holds_no_feed_up(clone, connect, clock):
    clone.leads(10, status="queued")
    reader, second = connect(), connect()

    with reader.transaction():
        reader.execute(
            "comment on materialized view mv_contactable_leads is ''"
        )  # the first caller's refresh waits for it
        first = connect().in_background(RUN, clock.now).wait_until_blocked(clone)
        second.execute("set lock_timeout = '1s'")
        second.execute(RUN, (clock.now,))
        assert clone.value("select fed from campaign_days") == 10

    first.result()
    assert runs(clone) == [
        ("feed_campaign", "2026-03-09", "done", 1),
        ("purge_expired", "2026-03-09", "done", 1),
        ("refresh_contactable_leads", "2026-03-09", "done", 1),
    ]


def test_eight_callers_at_once_do_each_job_once(clone, connect, clock):
    clone.leads(300, status="queued")
    clone.execute("insert into campaigns (name, feed_at) select 'c' || n, '06:00' from generate_series(1, 5) as n")

    callers = [connect().in_background(RUN, clock.now) for _ in range(8)]
    for caller in callers:
        caller.result()
    clone.execute(RUN, (clock.now,))

    assert {(status, attempts) for *_, status, attempts in runs(clone)} == {("done", 1)}
    assert len(runs(clone)) == 8
    assert clone.value("select sum(fed) from campaign_days") == 250
    assert clone.value("select count(*) from pipeline_events where stage = 'job'") == 8


def test_a_failing_job_in_the_middle_stops_no_other_and_shows_in_health(clone, clock):
    clone.leads(2, status="queued")
    clone.execute("insert into campaigns (name, feed_at) values ('broken', '05:45'), ('late', '06:00')")
    clone.leads(2, status="queued", campaign="broken")
    clone.leads(2, status="queued", campaign="late")
    clone.execute(
        "create function fail() returns trigger language plpgsql as $$ begin"
        " if (select c.name from campaigns as c where c.id = new.campaign_id) = 'broken' then raise 'no'; end if;"
        " return new; end $$;"
        " create trigger fail before insert on deliveries for each row"
        " execute function fail()"
    )
    clone.execute(RUN, (clock.now,))

    statuses = {
        row.subject: row.status
        for row in clone.rows("select subject, status from job_runs where job <> 'purge_expired'")
    }
    assert statuses == {"": "done", "broken": "failed", "default": "done", "late": "done"}
    health = clone.one("select * from health_of_jobs(%s) where check_name = 'jobs_failed'", clock.now)
    assert (health.status, "feed_campaign broken failed on 2026-03-09, 1 attempt" in health.detail) == ("fail", True)

    clone.execute("drop trigger fail on deliveries")
    clone.execute(RUN, (clock.move(minutes=5),))

    assert clone.one("select status, attempts, rows from job_runs where subject = 'broken'") == ("done", 2, 2)
    assert clone.value("select status from health_of_jobs(%s) where check_name = 'jobs_failed'", clock.now) == "ok"


def test_only_one_job_may_be_asked_for(db, clock):
    db.execute("call run_due_jobs('feed_campaign', %s)", (clock.now,))

    assert [job for job, *_ in runs(db)] == ["feed_campaign"]
