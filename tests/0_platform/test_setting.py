def test_a_setting_is_read_as_text(db):
    assert db.value("select setting('key_provider')") == "local"


def test_a_lost_setting_is_an_error_that_names_it(db):
    with db.refused("PF005"):
        db.execute("select setting('no_such_setting')")
