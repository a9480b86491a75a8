import base64
import os

KEK = base64.b64encode(os.urandom(64)).decode()


def checks(db):
    return {row.check_name: row for row in db.rows("select * from health_of_keys()")}


def test_the_local_provider_is_warned_of(db):
    row = checks(db)["key_provider"]

    assert row.status == "warn"
    assert "backup" in row.hint


def test_a_vault_without_the_key_fails(db):
    db.execute("update settings set value = 'vault' where key = 'key_provider'")

    assert checks(db)["key_provider"].status == "ok"
    assert checks(db)["sealing"].status == "fail"
    assert checks(db)["sealing"].hint


def test_keys_that_come_with_each_session_are_fine_where_they_came(clone):
    clone.execute("select move_keys('session', %s)", (KEK,))

    row = checks(clone)["sealing"]
    assert (row.status, "unlock_keys" in row.hint) == ("warn", True)
    with clone.transaction():
        clone.execute("select unlock_keys(%s)", (KEK,))
        assert {row.status for row in checks(clone).values()} == {"ok"}


def test_sealing_is_tried(db):
    assert checks(db)["sealing"].status == "ok"
    assert "2 data keys" in checks(db)["sealing"].detail

    db.execute("delete from local_keys")

    assert checks(db)["sealing"].status == "fail"


def test_an_old_data_key_is_warned_of_until_it_is_retired(clone):
    assert checks(clone)["old_data_keys"].status == "ok"

    clone.execute("select rotate_data_key()")
    row = checks(clone)["old_data_keys"]
    assert (row.status, row.detail) == ("warn", "rotated, but not retired: data key 1")
    assert "retire_data_key" in row.hint

    clone.execute("select retire_data_key(1)")
    assert checks(clone)["old_data_keys"].status == "ok"
