import pytest


def test_no_key_was_given(db):
    assert db.value("select unlocked_key()") is None


@pytest.mark.parametrize("junk", ["", "x", "abc", "00", "zz", "00" * 100])
def test_what_is_no_held_key_is_none(db, junk):
    db.execute("select set_config('pgfunnel.unlocked_key', %s, true)", (junk,))

    assert db.value("select unlocked_key()") is None
