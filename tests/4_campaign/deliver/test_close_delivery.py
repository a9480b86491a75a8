def test_a_closed_delivery_has_no_lease_and_an_end(db, clock):
    db.leads(1, status="queued")
    db.feed()
    clock.set("2026-03-09 10:00")
    (claimed,) = db.claim()

    db.execute("select close_delivery(%s, 'delivered', 200, 'x', %s)", (claimed.id, clock.now))

    row = db.one("select * from deliveries where id = %s", claimed.id)
    assert (row.state, row.lease_token, row.lease_until, row.finished_at) == ("delivered", None, None, clock.now)
