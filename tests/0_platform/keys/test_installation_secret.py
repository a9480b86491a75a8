def test_it_has_64_bytes_and_stays(db):
    secret = db.value("select installation_secret()")
    db.execute("select ensure_keys()")

    assert len(secret) == 64
    assert db.value("select installation_secret()") == secret
