import base64

import pytest


@pytest.mark.parametrize("content", [b"", b"a", bytes(range(256))])
def test_a_line_of_base64_is_its_bytes(db, content):
    assert db.value("select decode_piece(%s)", base64.b64encode(content).decode()) == content


@pytest.mark.parametrize("line", ["MAK,Ada Lead", "TUFLC", "T", None])
def test_anything_else_is_nothing_and_no_error_that_would_be_logged_with_the_line(db, line):
    assert db.value("select decode_piece(%s)", line) is None


def test_a_line_too_large_for_one_value_is_nothing(db):
    db.execute("update settings set value = '8' where key = 'max_upload_bytes'")

    assert db.value("select decode_piece('TUFLTUFL')") == b"MAKMAK"
    assert db.value("select decode_piece('TUFLTUFLTUFL')") is None
