import base64
import random
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st


@given(st.binary(min_size=64, max_size=64), st.integers(1, 90))
def test_base64_of_64_bytes_is_read_however_it_is_broken_into_lines(db, key, width):
    text = "\n".join(textwrap.wrap(base64.b64encode(key).decode(), width))

    assert db.value("select read_key(%s)", f" {text}\r\n") == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "password",
        random.Random(64).randbytes(64).hex(),
        base64.b64encode(random.Random(32).randbytes(32)).decode(),
        base64.b64encode(random.Random(65).randbytes(65)).decode(),
        base64.urlsafe_b64encode(b"\xff" * 64).decode(),
        base64.b64encode(random.Random(64).randbytes(64)).decode()[:-2],
    ],
)
def test_anything_else_is_refused_without_a_word_of_it(db, text):
    with pytest.raises(Exception) as caught, db.undone():
        db.execute("select read_key(%s)", (text,))

    assert caught.value.sqlstate == "PF015"
    assert not text or text not in str(caught.value)


def test_nothing_is_nothing(db):
    assert db.value("select read_key(null)") is None
