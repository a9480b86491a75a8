def test_a_name_has_one_key_in_a_schema_and_another_in_the_next(db):
    here = db.value("select lock_key('merge')")

    assert here == db.value("select lock_key('merge')") != db.value("select lock_key('jobs')")
    assert here != db.value("select hashtextextended('pgfunnel/elsewhere/merge', 0)")
    assert here == db.value("select hashtextextended('pgfunnel/' || current_schema() || '/merge', 0)")
