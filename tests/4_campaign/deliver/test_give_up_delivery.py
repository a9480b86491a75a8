def test_it_is_dead_with_an_event_and_a_letter_that_names_no_contact(db, clock):
    (lead,) = db.leads(1, status="queued", emails=0)
    db.feed()

    query = "select give_up_delivery(d, 404, 12, 'a reason', 'a hint', %s) from deliveries as d"
    db.execute(query, (clock.now,))

    delivery = db.one("select * from deliveries")
    assert (delivery.state, delivery.lease_token, delivery.finished_at) == ("dead", None, clock.now)
    event = db.one("select * from pipeline_events where stage = 'api'")
    assert (event.lead_id, event.service, event.http_status, event.duration_ms) == (lead, "phone", 404, 12)
    assert event.detail == {"delivery": delivery.id, "outcome": "dead"}
    letter = db.one("select * from pipeline_dlq")
    assert (letter.source, letter.reason, letter.hint) == ("delivery", "a reason", "a hint")
    assert letter.payload == {"delivery": delivery.id, "lead": str(lead), "channel": "phone", "attempts": 0}
