def test_a_dropped_delivery_is_dead_with_a_letter_and_an_event(db, clock):
    (lead,) = db.leads(1, status="queued", emails=0)
    db.feed()

    db.execute("select drop_delivery(d, 'a reason', 'a hint', %s) from deliveries as d", (clock.now,))

    assert db.one("select state, finished_at from deliveries") == ("dead", clock.now)
    assert db.one("select source, reason, hint from pipeline_dlq") == ("delivery", "a reason", "a hint")
    event = db.one("select * from pipeline_events where stage = 'api'")
    assert (event.lead_id, event.service, event.detail["outcome"]) == (lead, "phone", "dead")
