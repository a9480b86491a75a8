"""A file's bytes as text, against Python's codecs."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=50)


def decoded(db, body):
    return db.value("select decode_text(%s)", body)


@given(TEXT)
def test_utf_8_is_read_as_it_is(db, text):
    assert decoded(db, text.encode()) == text


def test_a_byte_order_mark_of_utf_8_is_left_to_the_parser(db):
    assert decoded(db, codecs.BOM_UTF8 + "é".encode()) == "\ufeffé"


@given(TEXT, st.sampled_from(["utf-16-le", "utf-16-be"]))
def test_utf_16_is_read_in_either_order_where_its_mark_says_so(db, text, encoding):
    assert decoded(db, ("\ufeff" + text).encode(encoding)) == text


@given(st.binary(max_size=40).filter(lambda body: b"\0" not in body))
def test_what_is_not_utf_8_is_windows_1252(db, body):
    body += b"\xe9"  # never the end of UTF-8
    if body[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        body = b"," + body

    # the five bytes that Python leaves undefined are control characters, as in the WHATWG Encoding Standard
    expected = "".join(
        chr(byte) if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([byte]).decode("cp1252") for byte in body
    )
    assert decoded(db, body) == expected


@pytest.mark.parametrize("body", [b"\0", b"a,b\n1,\0\n", b"PK\x03\x04\0\0", "a".encode("utf-16-le")])
def test_nul_bytes_are_no_text(db, body):
    with db.refused("PF022"):
        decoded(db, body)


def test_broken_utf_16_is_told(db):
    with db.refused("PF023"):
        decoded(db, codecs.BOM_UTF16_LE + b"a")


def test_nothing_is_nothing(db):
    assert decoded(db, b"") == ""
    assert decoded(db, None) is None


@pytest.mark.parametrize("literals", ["on", "off"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_it_does_not_depend_on_how_the_session_reads_literals(clone, encoding, literals):
    clone.execute(f"set standard_conforming_strings = {literals}")
    clone.execute("set escape_string_warning = off")

    assert decoded(clone, "Zoë € \\".encode(encoding)).removeprefix("\ufeff") == "Zoë € \\"
    with clone.refused("PF022"):
        decoded(clone, b"a\0b")


UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)


def test_a_byte_of_windows_1252_is_what_python_says_and_a_control_character_where_it_is_undefined(db):
    defined = bytes(b for b in range(0x80, 0x100) if b not in UNDEFINED)

    assert db.value("select decode_text(%s)", defined) == defined.decode("cp1252")
    assert db.value("select decode_text(%s)", bytes(UNDEFINED)) == "".join(map(chr, UNDEFINED))
