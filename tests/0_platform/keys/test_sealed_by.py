def test_it_counts_by_column(db):
    db.leads(3)
    db.execute("select send_to_dlq('n8n', '{}', 'broken', 'mend it', '{\"email\": \"ada@example.com\"}')")

    assert db.value("select sealed_by(1)") == "leads.pii: 3, pipeline_dlq.sealed: 1"


def test_nothing_is_sealed_by_a_new_key(db):
    db.leads(1)

    assert db.value("select sealed_by(rotate_data_key())") is None
