import pytest

UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)


@pytest.mark.parametrize("byte", range(1, 256), ids=hex)
def test_a_byte_is_what_python_says_and_a_control_character_where_it_is_undefined(db, byte):
    expected = chr(byte) if byte in UNDEFINED else bytes([byte]).decode("cp1252")

    assert db.value("select decode_windows_1252(%s)", bytes([byte])) == expected
