def test_a_wrapped_key_is_bound_to_its_version_and_purpose(db):
    assert db.value("select data_key_aad(3, 'seal')") == b"data_keys.wrapped/seal/3"


def test_a_wrapped_key_under_another_version_does_not_open(db):
    version = db.value("select create_data_key('seal')")
    db.execute("update data_keys set version = version + 1 where version = %s", (version,))

    with db.refused("PF011"):
        db.execute("select data_key(%s)", (version + 1,))
