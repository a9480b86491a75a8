def test_a_service_purges_and_a_broker_does_not(db):
    with db.acting_as("pipeline_writer"):
        rows = db.rows("select what, rows from purge_expired()")
    assert {row.rows for row in rows} == {0}

    with db.acting_as("pipeline_broker"), db.refused("42501"):
        db.execute("select * from purge_expired()")
