def test_a_key_is_stored_only_wrapped(db):
    version = db.value("select create_data_key('seal')")

    stored = db.one("select * from data_keys where version = %s", version)
    key = db.value("select data_key(%s)", version)
    assert (stored.purpose, stored.provider, len(key)) == ("seal", "local", 64)
    assert key not in stored.wrapped


def test_versions_count_on_and_keys_differ(db):
    first, second = db.value("select create_data_key('seal')"), db.value("select create_data_key('seal')")

    assert second == first + 1
    assert db.value("select data_key(%s) <> data_key(%s)", first, second)


def test_two_at_once_get_a_version_each(clone, connect):
    with clone.transaction():
        first = clone.value("select create_data_key('seal')")
        other = connect().in_background("select create_data_key('seal')").wait_until_blocked(clone)

    assert other.result() == [(first + 1,)]
