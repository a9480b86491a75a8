def test_a_feed_returns_how_many_it_fed(db, clock):
    db.leads(3, status="queued")

    assert db.value("select do_job('feed_campaign', 'default', %s)", clock.now) == 3


def test_a_refresh_returns_how_many_there_are(clone, clock):
    clone.leads(2)

    assert clone.value("select do_job('refresh_contactable_leads', '', %s)", clock.now) == 2


def test_an_unknown_job_is_told(db, clock):
    with db.refused("PF100"):
        db.execute("select do_job('fly', '', %s)", (clock.now,))


def test_a_refresh_that_somebody_else_is_at_is_not_done(clone, connect, clock):
    other = connect()

    with other.transaction():
        other.execute("call refresh_contactable_leads()")
        assert clone.value("select do_job('refresh_contactable_leads', '', %s)", clock.now) is None
