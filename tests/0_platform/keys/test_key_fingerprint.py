import hashlib


def test_a_fingerprint_is_the_beginning_of_the_sha_256(db):
    assert db.value("select key_fingerprint('\\x00')") == hashlib.sha256(b"\0").hexdigest()[:16]
