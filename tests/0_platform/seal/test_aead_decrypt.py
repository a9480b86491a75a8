import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

KEY = bytes(range(64))


@given(st.binary(max_size=300), st.binary(max_size=50))
def test_what_was_sealed_opens(db, plaintext, aad):
    assert db.value("select aead_decrypt(%s, aead_encrypt(%s, %s, %s), %s)", KEY, KEY, plaintext, aad, aad) == plaintext


@given(st.data())
def test_no_changed_byte_no_other_key_and_no_other_aad_opens(db, data):
    sealed = bytearray(db.value("select aead_encrypt(%s, 'a secret of some length', 'here')", KEY))
    key, aad = bytearray(KEY), bytearray(b"here")
    target = data.draw(st.sampled_from([sealed, key, aad]))
    at = data.draw(st.integers(0, len(target) - 1))
    target[at] ^= data.draw(st.integers(1, 255))
    # the MAC half of the key is what the tag depends on; the other half only garbles, and is never reached alone
    assume(target is not key or at < 32)

    with db.refused("PF011"):
        db.execute("select aead_decrypt(%s, %s, %s)", (bytes(key), bytes(sealed), bytes(aad)))


@given(st.binary(max_size=120))
def test_bytes_that_were_never_sealed_do_not_open(db, noise):
    with db.refused("PF011"):
        db.execute("select aead_decrypt(%s, %s, '')", (KEY, noise))


@pytest.mark.parametrize("length", [0, 32, 65])
def test_a_key_of_another_length_is_refused(db, length):
    with db.refused("PF010"):
        db.execute("select aead_decrypt(%s, 'x', '')", (b"k" * length,))


def test_nothing_opens_to_nothing(db):
    assert db.value("select aead_decrypt(%s, null, '')", KEY) is None
