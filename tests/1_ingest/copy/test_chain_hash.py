from hashlib import sha256

import pytest

BLOCK = 1 << 20


def chained(content):
    """Said again in Python: each block with the hash of those before it."""
    blocks = [content[at : at + BLOCK] for at in range(0, len(content), BLOCK)] or [b""]
    value = b""
    for block in blocks:
        value = sha256(value + block).digest()
    return value


def hashed(db, content, piece):
    chain, rest = None, b""
    for at in range(0, len(content), piece):
        chain, rest = db.one("select * from chain_hash(%s, %s, false)", chain, rest + content[at : at + piece])
        assert len(rest) <= BLOCK
    return db.one("select * from chain_hash(%s, %s, true)", chain, rest).chain


@pytest.mark.parametrize("size", [0, 1, BLOCK])
def test_a_file_of_one_block_has_the_hash_it_has_as_one_value(db, size):
    content = b"a" * size

    assert hashed(db, content, 400_000) == sha256(content).digest()


@pytest.mark.parametrize("size", [BLOCK + 1, 2 * BLOCK, 3 * BLOCK + 7])
@pytest.mark.parametrize("piece", [300_000, BLOCK, 4 * BLOCK])
def test_a_larger_one_has_one_hash_however_it_comes(db, size, piece):
    content = (b"0123456789" * (size // 10 + 1))[:size]

    assert hashed(db, content, piece) == chained(content)
