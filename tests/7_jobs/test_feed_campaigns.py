def test_a_writer_may_call_it_at_any_time(clone, connect):
    service = connect("pipeline_writer")

    service.execute("call feed_campaigns()")
    service.execute("call feed_campaigns()")


def test_each_campaign_that_is_due_is_fed_once_and_nothing_else_is_done(db):
    # whatever the time of day: due the whole day, in a zone of its own
    db.execute(
        "update campaigns set feed_days = '{1,2,3,4,5,6,7}', feed_at = '00:00', catch_up_until = '24:00';"
        " insert into campaigns (name, feed_days, feed_at, catch_up_until, timezone)"
        " values ('east', '{1,2,3,4,5,6,7}', '00:00', '24:00', 'Asia/Kolkata'),"
        "        ('never', '{}', '00:00', '24:00', 'Asia/Kolkata')"
    )
    db.leads(3, status="queued")
    db.leads(2, status="queued", campaign="east")

    db.execute("call feed_campaigns()")
    db.execute("call feed_campaigns()")

    found = db.rows("select job, subject, status, rows, attempts from job_runs order by subject")
    assert found == [("feed_campaign", "default", "done", 3, 1), ("feed_campaign", "east", "done", 2, 1)]
