import pytest


def test_the_local_provider_has_a_key_of_64_bytes_after_the_installation(db):
    assert db.value("select octet_length(key_encryption_key())") == 64


def test_a_lost_key_is_told(db):
    db.execute("delete from local_keys")

    with db.refused("PF012"):
        db.execute("select key_encryption_key()")


@pytest.mark.parametrize(
    ("provider", "words"),
    [
        ("vault", "Vault must hold the secret"),
        ("session", "Call unlock_keys"),
        ("elsewhere", "local, vault or session"),
    ],
)
def test_what_to_do_about_another_provider_is_told(db, provider, words):
    db.execute("update settings set value = %s where key = 'key_provider'", (provider,))

    with pytest.raises(Exception) as caught, db.undone():
        db.execute("select key_encryption_key()")
    assert caught.value.sqlstate == "PF012"
    assert words in caught.value.diag.message_hint
