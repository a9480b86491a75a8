def test_a_name_has_one_key_and_another_name_another(db):
    assert db.value("select lock_key('merge')") == db.value("select lock_key('merge')")
    assert db.value("select lock_key('merge')") != db.value("select lock_key('jobs')")


def test_the_schema_and_the_installation_s_secret_are_part_of_it(db):
    here = db.value("select lock_key('merge')")

    assert here != db.value("select hashtextextended('pgfunnel/' || current_schema() || '/merge', 0)")
    assert here == db.value(
        "select hashtextextended(format('pgfunnel/funnel/merge/%s', encode(installation_secret(), 'hex')), 0)"
    )
