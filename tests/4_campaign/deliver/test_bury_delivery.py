def test_the_letter_names_the_delivery_and_no_contact(db, clock):
    (lead,) = db.leads(1, status="queued", emails=0)
    db.feed()

    db.execute("select bury_delivery(d, 'a reason', 'a hint') from deliveries as d")

    letter = db.one("select * from pipeline_dlq")
    assert (letter.source, letter.reason, letter.hint) == ("delivery", "a reason", "a hint")
    id = db.value("select id from deliveries")
    assert letter.payload == {"delivery": id, "lead": str(lead), "channel": "phone", "attempts": 0}
