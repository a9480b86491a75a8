def test_contacts_are_back_in_their_fields(db, conflict):
    row = db.value("select row_of_dead_letter(q) from pipeline_dlq as q where id = %s", conflict.id)

    assert row == {
        "mak": "0000000001", "property_street": "12 Main St", "property_zip": "90012", "first_name": "Cy",
        "phone_1": "+12135550100",
    }  # fmt: skip


def test_a_file_refused_as_a_whole_has_no_row(db):
    db.ingest("this,is\nno,file")

    with db.refused("PF104"):
        db.execute("select row_of_dead_letter(q) from pipeline_dlq as q")


def test_a_letter_of_another_source_has_no_row(db):
    db.execute("select send_to_dlq('enrich', '{}', 'failed', null, '{\"mak\": \"0000000001\"}')")

    with db.refused("PF104"):
        db.execute("select row_of_dead_letter(q) from pipeline_dlq as q")
