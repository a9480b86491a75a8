def test_a_service_records_a_bounce_at_the_servers_time(db):
    (lead,) = db.leads(1)
    address = db.contact(lead, "email")

    with db.acting_as("pipeline_writer"):
        outcome = db.value("select record_bounce('email', %s, true, 'b-1')", address)

    assert outcome == "rejected"
    assert db.value("select occurred_at = now() from pipeline_events where stage = 'bounce'")
