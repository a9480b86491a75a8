def test_a_job_has_its_own_calendar_and_one_of_campaigns_that_of_each(db):
    db.execute("insert into campaigns (name, timezone, feed_at) values ('east', 'America/New_York', '07:00')")

    rows = db.rows("select job, subject, timezone, run_at::text, is_on from job_calendar order by job, subject")
    assert rows == [
        ("feed_campaign", "default", "America/Los_Angeles", "06:00:00", True),
        ("feed_campaign", "east", "America/New_York", "07:00:00", True),
        ("purge_expired", "", "America/Los_Angeles", "03:30:00", True),
        ("refresh_contactable_leads", "", "America/Los_Angeles", "05:30:00", True),
    ]


def test_a_paused_campaign_and_a_job_switched_off_are_not_on(db):
    db.execute("update campaigns set paused = true")
    db.execute("update jobs set enabled = false where not per_campaign")

    assert [row.is_on for row in db.rows("select is_on from job_calendar")] == [False, False, False]


def test_without_a_campaign_there_is_nothing_to_feed(db):
    db.execute("delete from campaigns")

    assert [row.job for row in db.rows("select job from job_calendar order by job")] == [
        "purge_expired",
        "refresh_contactable_leads",
    ]
