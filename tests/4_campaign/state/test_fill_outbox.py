def move(db, *states):
    for state in states:
        db.execute("update leads set campaign_status = %s", (state,))


def deliveries(db):
    return [(row.channel, row.state) for row in db.rows("select channel, state from deliveries order by channel")]


def test_a_lead_made_active_by_hand_is_sent_to_as_well(db):
    db.leads(1, status="queued")

    move(db, "active")

    assert deliveries(db) == [("email", "pending"), ("phone", "pending")]


def test_what_a_reply_cancelled_waits_again_when_the_lead_comes_back(db):
    db.leads(1, status="queued")

    move(db, "active", "replied")
    assert deliveries(db) == [("email", "cancelled"), ("phone", "cancelled")]
    move(db, "active")

    assert deliveries(db) == [("email", "pending"), ("phone", "pending")]


def test_a_lead_that_was_queued_again_after_a_pause_does_not_stop_the_feed(db, clock):
    again, _ = db.leads(2, status="queued")
    db.execute("update leads set campaign_status = 'active' where id = %s", (again,))
    db.execute("update leads set campaign_status = 'paused' where id = %s", (again,))
    db.execute("update leads set campaign_status = 'queued' where id = %s", (again,))

    assert db.feed().fed == 2

    assert len(deliveries(db)) == 4


def test_what_was_delivered_is_not_sent_twice(db):
    db.leads(1, status="queued", emails=0)
    move(db, "active")
    db.execute("update deliveries set state = 'delivered'")

    move(db, "replied", "active")

    assert deliveries(db) == [("phone", "delivered")]
