def test_each_installation_has_its_own(db):
    assert db.value("select vault_key_name()") == "pgfunnel key-encryption key of schema funnel"
