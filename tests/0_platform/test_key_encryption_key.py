def test_the_local_provider_has_a_key_of_64_bytes_after_the_installation(db):
    assert db.value("select octet_length(key_encryption_key())") == 64


def test_a_lost_key_is_told(db):
    db.execute("delete from local_keys")

    with db.refused("PF012"):
        db.execute("select key_encryption_key()")


def test_an_unknown_provider_is_told(db):
    db.execute("update settings set value = 'elsewhere' where key = 'key_provider'")

    with db.refused("PF012"):
        db.execute("select key_encryption_key()")
