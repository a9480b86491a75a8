def test_a_writer_records_a_reply_and_learns_whose_it_is(db):
    (lead,) = db.leads(1, status="active")
    phone = db.contact(lead)

    with db.acting_as("pipeline_writer"):
        assert db.value("select record_reply('phone', %s, 'Yes?', 'sms-1')", phone) == lead
