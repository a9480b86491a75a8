def states(db):
    return db.rows("select lead_id, channel, state from deliveries order by lead_id, channel")


def test_what_waits_and_what_is_claimed_is_cancelled_and_its_lease_ends(db, clock):
    (lead,) = db.leads(1, status="queued")
    db.feed()
    clock.set("2026-03-09 10:00")
    (claimed,) = db.claim()

    cancelled = db.rows("select cancel_open_deliveries(%s, null, %s)", [lead], clock.now)

    assert [row[0] for row in cancelled] == [lead, lead]
    assert set(db.rows("select state, lease_token, lease_until, finished_at from deliveries")) == {
        ("cancelled", None, None, clock.now)
    }
    finish = "select finish_delivery(%s, %s, 200, null, null, null, %s)"
    assert db.value(finish, claimed.id, claimed.token, clock.now) == "stale"


def test_other_channels_and_other_leads_keep_theirs(db, clock):
    lead, other = db.leads(2, status="queued")
    db.feed()

    db.execute("select cancel_open_deliveries(%s, 'phone', %s)", ([lead], clock.now))

    assert states(db) == sorted(
        [
            (lead, "email", "pending"),
            (lead, "phone", "cancelled"),
            (other, "email", "pending"),
            (other, "phone", "pending"),
        ]
    )


def test_what_has_ended_stays_as_it_is(db, clock):
    (lead,) = db.leads(1, status="queued", emails=0)
    db.feed()
    db.execute("select close_delivery(id, 'delivered', 200, null, %s) from deliveries", (clock.now,))

    assert db.rows("select cancel_open_deliveries(%s, null, %s)", [lead], clock.now) == []
    assert db.value("select state from deliveries") == "delivered"
