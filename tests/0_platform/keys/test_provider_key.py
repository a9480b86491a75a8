import base64

import pytest


def test_local_has_a_key_of_64_bytes(db):
    assert len(db.value("select provider_key('local')")) == 64


def test_a_provider_without_a_key_has_none_and_is_no_error(db):
    assert db.value("select provider_key('vault')") is None
    assert db.value("select provider_key('session')") is None


def test_the_vault_s_secret_is_read(db, vault):
    key = bytes(range(64))
    db.execute("select vault.create_secret(%s, vault_key_name())", (base64.b64encode(key).decode(),))

    assert db.value("select provider_key('vault')") == key


def test_a_secret_that_is_no_key_is_told(db, vault):
    db.execute("select vault.create_secret('hunter2', vault_key_name())")

    with db.refused("PF015"):
        db.execute("select provider_key('vault')")


@pytest.mark.parametrize("provider", ["elsewhere", "", None])
def test_an_unknown_provider_is_told(db, provider):
    with db.refused("PF012"):
        db.execute("select provider_key(%s)", (provider,))
