def test_an_unknown_version_is_told(db):
    with db.refused("PF014"):
        db.execute("select data_key(99)")


def test_a_key_opens_under_the_key_that_wrapped_it(db):
    assert db.value("select key_fingerprint(data_key(version)) = fingerprint from data_keys where purpose = 'seal'")
