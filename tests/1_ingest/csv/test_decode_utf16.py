import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

ORDERS = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}


@pytest.mark.parametrize("encoding", ORDERS)
@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60))
@example(text='😀é"\\\n\ud7ff')
def test_every_character_in_either_order(db, encoding, text):
    assert db.value("select decode_utf16(%s)", ORDERS[encoding] + text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ORDERS)
@pytest.mark.parametrize("broken", ["\ud800", "\udc00", "a\ud800b", "\udc00\ud800", "a\0b"])
def test_lone_surrogates_and_nul_are_refused(db, encoding, broken):
    with db.refused("PF023"):
        db.value("select decode_utf16(%s)", ORDERS[encoding] + broken.encode(encoding, "surrogatepass"))


@pytest.mark.parametrize("mark", ORDERS.values())
def test_half_a_unit_is_refused(db, mark):
    with db.refused("PF023"):
        db.value("select decode_utf16(%s)", mark + b"\x61\x62\x63")


def test_a_mark_alone_is_an_empty_text(db):
    assert db.value("select decode_utf16(%s)", codecs.BOM_UTF16_BE) == ""
