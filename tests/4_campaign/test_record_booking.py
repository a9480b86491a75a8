def test_a_writer_records_a_booking(db):
    (lead,) = db.leads(1, status="active")

    with db.acting_as("pipeline_writer"):
        assert db.value("select record_booking(%s, now() + interval '2 days', 'b-1')", lead) == "booked"
