import hashlib
import hmac
import random

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7
from hypothesis import given
from hypothesis import strategies as st

# RFC 7518, appendix B.3
KEY = bytes(range(64))
PLAINTEXT = (
    b"A cipher system must not be required to be secret, and it must be able to fall into the hands of the"
    b" enemy without inconvenience"
)
IV = bytes.fromhex("1af38c2dc2b96ffdd86694092341bc04")
AAD = b"The second principle of Auguste Kerckhoffs"
CIPHERTEXT = bytes.fromhex(
    "4affaaadb78c31c5da4b1b590d10ffbd3dd8d5d302423526912da037ecbcc7bd822c301dd67c373bccb584ad3e9279c2e6d12a13"
    "74b77f077553df829410446b36ebd97066296ae6427ea75c2e0846a11a09ccf5370dc80bfecbad28c73f09b3a3b75e662a259441"
    "0ae496b2e2e6609e31e6e02cc837f053d21f37ff4f51950bbe2638d09dd7a4930930806d0703b1f6"
)
TAG = bytes.fromhex("4dd3b4c088a7f45c216839645b2012bf2e6269a8c56a816dbc1b267761955bc5")


def sealed_by_cryptography(key, plaintext, aad, iv):
    """AEAD_AES_256_CBC_HMAC_SHA_512 out of another library's parts."""
    padder = PKCS7(128).padder()
    encryptor = Cipher(algorithms.AES256(key[32:]), modes.CBC(iv)).encryptor()
    body = iv + encryptor.update(padder.update(plaintext) + padder.finalize()) + encryptor.finalize()
    return body + hmac.digest(key[:32], aad + body + (len(aad) * 8).to_bytes(8, "big"), hashlib.sha512)[:32]


def test_the_rfc_s_vector_comes_out_to_the_byte(db):
    assert db.value("select aead_encrypt(%s, %s, %s, %s)", KEY, PLAINTEXT, AAD, IV) == IV + CIPHERTEXT + TAG
    assert db.value("select aead_decrypt(%s, %s, %s)", KEY, IV + CIPHERTEXT + TAG, AAD) == PLAINTEXT


@given(
    st.binary(min_size=64, max_size=64),
    st.binary(max_size=200),
    st.binary(max_size=60),
    st.binary(min_size=16, max_size=16),
)
def test_another_library_seals_to_the_same_bytes(db, key, plaintext, aad, iv):
    sealed = db.value("select aead_encrypt(%s, %s, %s, %s)", key, plaintext, aad, iv)

    assert sealed == sealed_by_cryptography(key, plaintext, aad, iv)


def random_cases(count):
    """Keys, values of all lengths around the block's, associated data and IVs."""
    rng = random.Random(7518)
    for n in range(count):
        yield rng.randbytes(64), rng.randbytes(n % 100 if n % 50 else 5000), rng.randbytes(n % 71), rng.randbytes(16)


def opened_by_cryptography(key, sealed, aad):
    """The other library's way back: first the tag, in constant time, then the text."""
    body, tag = sealed[:-32], sealed[-32:]
    expected = hmac.digest(key[:32], aad + body + (len(aad) * 8).to_bytes(8, "big"), hashlib.sha512)[:32]
    assert hmac.compare_digest(tag, expected)
    decryptor = Cipher(algorithms.AES256(key[32:]), modes.CBC(body[:16])).decryptor()
    unpadder = PKCS7(128).unpadder()
    return unpadder.update(decryptor.update(body[16:]) + decryptor.finalize()) + unpadder.finalize()


def test_four_thousand_random_values_sealed_here_are_opened_by_another_library(db):
    cases = list(random_cases(4000))
    keys, texts, aads, _ = (list(column) for column in zip(*cases, strict=True))

    sealed = db.rows(
        "select aead_encrypt(t.key, t.text, t.aad)"
        " from unnest(%s::bytea[], %s::bytea[], %s::bytea[]) with ordinality as t (key, text, aad, n) order by t.n",
        keys, texts, aads,
    )  # fmt: skip

    assert [opened_by_cryptography(k, s[0], a) for k, s, a in zip(keys, sealed, aads, strict=True)] == texts


def test_four_thousand_random_values_sealed_by_another_library_are_opened_here(db):
    cases = list(random_cases(4000))
    keys, texts, aads, _ = (list(column) for column in zip(*cases, strict=True))

    opened = db.rows(
        "select aead_decrypt(t.key, t.sealed, t.aad)"
        " from unnest(%s::bytea[], %s::bytea[], %s::bytea[]) with ordinality as t (key, sealed, aad, n) order by t.n",
        keys, [sealed_by_cryptography(*case) for case in cases], aads,
    )  # fmt: skip

    assert [row[0] for row in opened] == texts


def test_the_iv_is_another_one_each_time(db):
    sealed = db.rows("select aead_encrypt(%s, 'same', 'same') from generate_series(1, 100)", KEY)

    assert len({row[0][:16] for row in sealed}) == 100


@pytest.mark.parametrize("key", [b"", KEY[:32], KEY[:63], KEY + b"x", None])
def test_a_key_of_another_length_is_refused(db, key):
    with db.refused("PF010"):
        db.execute("select aead_encrypt(%s::bytea, 'text', '')", (key,))
