import codecs

import pytest

CALL = "select * from decode_part(%s, %s)"


@pytest.mark.parametrize(
    ("content", "before", "encoding", "text"),
    [
        (b"plain", None, None, "plain"),
        ("Zoë".encode(), None, "UTF8", "Zoë"),
        ("Zoë".encode("cp1252"), None, "WIN1252", "Zoë"),
        (b"plain", "UTF8", "UTF8", "plain"),
        (b"plain", "WIN1252", "WIN1252", "plain"),
        ("Zoë".encode(), "WIN1252", "WIN1252", "ZoÃ«"),  # as the whole file would be read
    ],
)
def test_a_part_is_read_as_those_before_it(db, content, before, encoding, text):
    part = db.one(CALL, content, before)

    assert (part.encoding, part.content) == (encoding, text)


@pytest.mark.parametrize(
    ("content", "before", "code"),
    [
        ("Zoë".encode("cp1252"), "UTF8", "PF023"),
        (codecs.BOM_UTF16_LE + b"m\0", None, "PF023"),
        (codecs.BOM_UTF16_BE + b"\0m", None, "PF023"),
        (b"a\0b", None, "PF022"),
        (b"a\0b", "WIN1252", "PF022"),
    ],
)
def test_what_can_not_be_read_is_an_error(db, content, before, code):
    with db.refused(code):
        db.execute(CALL, (content, before))
