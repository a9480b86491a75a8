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


def test_a_purge_that_is_not_through_goes_on_at_the_next_call(db, clock):
    clock.now = db.value("select now()")
    db.ingest("Address,Zip\n12 Main St,90012\n14 Main St,90012\n")
    db.execute("update settings set value = '2' where key = 'purge_batch'")
    clock.move(days=181)

    assert db.value("select do_job('purge_expired', '', %s)", clock.now) is None
    assert db.value("select do_job('purge_expired', '', %s)", clock.now) == 0
