import base64

import pytest


@pytest.mark.parametrize("content", [b"", b"a", bytes(range(256))])
def test_a_line_of_base64_is_its_bytes(db, content):
    assert db.value("select decode_piece(%s)", base64.b64encode(content).decode()) == content


@pytest.mark.parametrize("line", ["MAK,Ada Lead", "TUFLC", "T", None])
def test_anything_else_is_a_mistake_of_the_caller(db, line):
    with db.refused("PF038"):
        db.execute("select decode_piece(%s)", (line,))


def test_a_line_too_large_for_one_value_is_refused(db):
    db.execute("update settings set value = '8' where key = 'max_upload_bytes'")

    assert db.value("select decode_piece('TUFLTUFL')") == b"MAKMAK"
    with db.refused("PF038"):
        db.execute("select decode_piece('TUFLTUFLTUFL')")
