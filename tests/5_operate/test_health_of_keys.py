def checks(db):
    return {row.check_name: row for row in db.rows("select * from health_of_keys()")}


def test_the_local_provider_is_warned_of(db):
    row = checks(db)["key_provider"]

    assert row.status == "warn"
    assert "backup" in row.hint


def test_another_provider_is_fine_where_it_has_its_key(db):
    db.execute("update settings set value = 'vault' where key = 'key_provider'")

    assert checks(db)["key_provider"].status == "ok"
    assert checks(db)["sealing"].status == "fail"


def test_sealing_is_tried(db):
    assert checks(db)["sealing"].status == "ok"
    assert "2 data keys" in checks(db)["sealing"].detail

    db.execute("delete from local_keys")

    assert checks(db)["sealing"].status == "fail"
