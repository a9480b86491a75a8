def test_the_newest_version_of_a_purpose_is_used(db):
    index = db.value("select newest_data_key('index')")
    version = db.value("select create_data_key('seal')")

    assert db.value("select newest_data_key('seal')") == version
    assert db.value("select newest_data_key('index')") == index


def test_a_purpose_without_a_key_has_none(db):
    assert db.value("select newest_data_key('other')") is None
