def test_a_service_records_a_call_at_the_servers_time(db):
    (lead,) = db.leads(1, status="active")

    with db.acting_as("pipeline_writer"):
        outcome = db.value("select record_call('call-1', %s, 'voicemail', 9000, 'e-1')", lead)

    assert outcome == "tried"
    assert db.value("select occurred_at = now() from pipeline_events where stage = 'called'")
