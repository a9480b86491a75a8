import pytest

KEY = bytes(range(64))


@pytest.fixture
def sealed(db):
    return db.value("select aead_encrypt(%s, 'text', 'here')", KEY)


def test_what_was_sealed_opens(db, sealed):
    assert db.value("select aead_open(%s, %s, 'here')", KEY, sealed) == b"text"


def test_what_was_sealed_empty_opens_empty_and_not_to_null(db):
    assert db.value("select aead_open(%s, aead_encrypt(%s, '', ''), '')", KEY, KEY) == b""


@pytest.mark.parametrize(
    "changed",
    [
        lambda s: b"",
        lambda s: s[:63],
        lambda s: s[:-1],
        lambda s: s + b"x",
        lambda s: s[1:],
        lambda s: bytes([s[0] ^ 1]) + s[1:],
        lambda s: s[:-1] + bytes([s[-1] ^ 1]),
    ],
)
def test_what_was_changed_gives_nothing(db, sealed, changed):
    assert db.value("select aead_open(%s, %s, 'here')", KEY, changed(sealed)) is None


def test_another_place_gives_nothing(db, sealed):
    assert db.value("select aead_open(%s, %s, 'there')", KEY, sealed) is None


def test_a_key_of_another_length_is_refused(db):
    with db.refused("PF010"):
        db.execute("select aead_open('short', 'x', '')")
