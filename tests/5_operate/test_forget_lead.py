def test_a_service_forgets(db):
    (lead,) = db.leads(1)

    with db.acting_as("pipeline_writer"):
        db.execute("select forget_lead(%s, 'request by letter')", (lead,))

    assert db.value("select count(*) from leads") == 0
    assert db.one("select lead_id, rows from pipeline_events where stage = 'erased'") == (lead, 1)
