def test_a_reader_sees_every_check(db):
    with db.acting_as("pipeline_reader"):
        rows = db.rows("select * from pipeline_health()")

    assert {row.status for row in rows} <= {"ok", "warn", "fail"}
    assert rows == db.rows("select * from pipeline_health_at(now())")
