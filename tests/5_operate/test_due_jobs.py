def due(db):
    return [(row.job, row.subject, str(row.day)) for row in db.rows("select * from due_jobs(%s)", db.clock.now)]


REFRESH = ("refresh_contactable_leads", "")
FEED = ("feed_campaign", "default")


def test_the_refresh_is_due_from_half_past_five_and_the_feed_from_six(db, clock):
    clock.set("2026-03-09 05:29")
    assert due(db) == []

    clock.set("2026-03-09 05:30")
    assert due(db) == [(*REFRESH, "2026-03-09")]

    clock.set("2026-03-09 06:00")
    assert due(db) == [(*REFRESH, "2026-03-09"), (*FEED, "2026-03-09")]


def test_after_its_limit_a_missed_job_is_given_up(db, clock):
    clock.set("2026-03-09 12:00")

    assert due(db) == [(*REFRESH, "2026-03-09")]


def test_on_sunday_nothing_is_fed(db, clock):
    clock.set("2026-03-08 06:00")

    assert due(db) == [(*REFRESH, "2026-03-08")]


def test_what_is_done_today_is_due_tomorrow_and_what_failed_is_due_now(db, clock):
    clock.set("2026-03-09 06:00")
    db.execute(
        "insert into job_runs (job, subject, day, status, started_at) values"
        " ('refresh_contactable_leads', '', '2026-03-09', 'done', now()),"
        " ('feed_campaign', 'default', '2026-03-09', 'failed', now())"
    )
    assert due(db) == [(*FEED, "2026-03-09")]

    clock.move(days=1)
    assert due(db) == [(*REFRESH, "2026-03-10"), (*FEED, "2026-03-10")]


def test_each_campaign_has_its_own_hour(db, clock):
    db.execute("insert into campaigns (name, timezone) values ('east', 'America/New_York')")
    clock.set("2026-03-09 06:00", "America/New_York")

    assert due(db) == [("feed_campaign", "east", "2026-03-09")]


def test_a_job_that_is_switched_off_is_never_due(db, clock):
    db.execute("update jobs set enabled = false")

    assert due(db) == []
