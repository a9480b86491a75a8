import base64

import psycopg
import pytest

KEY = bytes(range(64))
TEXT = base64.b64encode(KEY).decode()


def test_the_vault_gets_a_secret_under_the_installation_s_name(db, vault):
    key = db.value("select store_key('vault', null)")

    stored = db.one("select name, decrypted_secret, description from vault.decrypted_secrets")
    assert stored.name == db.value("select vault_key_name()")
    assert base64.b64decode(stored.decrypted_secret) == key
    assert "lost" in stored.description
    assert len(key) == 64


def test_a_secret_that_is_there_is_replaced(db, vault):
    db.execute("select store_key('vault', null)")

    assert db.value("select store_key('vault', %s)", TEXT) == KEY
    assert db.value("select decrypted_secret from vault.decrypted_secrets") == TEXT


def test_a_session_s_key_is_held_in_the_transaction(db):
    db.execute("select store_key('session', %s)", (TEXT,))

    assert db.value("select unlocked_key()") == KEY


@pytest.mark.parametrize(
    ("provider", "key", "says"),
    [
        ("vault", None, "vault can't be used"),
        ("session", None, "session needs the key"),
        ("elsewhere", TEXT, "no key provider 'elsewhere'"),
        (None, TEXT, "no key provider NULL"),
    ],
)
def test_a_provider_that_can_t_take_it_is_told_why(db, provider, key, says):
    with pytest.raises(psycopg.Error, match=says) as caught, db.undone():
        db.execute("select store_key(%s, %s)", (provider, key))

    assert caught.value.sqlstate == "PF016"
    assert caught.value.diag.message_hint
