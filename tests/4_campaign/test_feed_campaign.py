def test_a_writer_may_feed_and_gets_an_answer_by_the_clock_of_the_server(db):
    with db.acting_as("pipeline_writer"):
        result = db.one("select * from feed_campaign()")

    assert result.status in ("not_due", "empty")
    assert (result.cap, result.fed, result.remaining) == (250, 0, 250)
    assert result.day == db.value("select (now() at time zone 'America/Los_Angeles')::date")
