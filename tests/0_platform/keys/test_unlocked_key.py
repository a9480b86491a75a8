import pytest


def test_no_key_was_given(db):
    assert db.value("select unlocked_key()") is None


@pytest.mark.parametrize("junk", ["", "x", "abc", "00", "zz", "00" * 100])
def test_what_is_no_held_key_is_none(db, junk):
    db.execute("select set_config('pgfunnel.unlocked_key', %s, true)", (junk,))

    assert db.value("select unlocked_key()") is None


KEY = bytes(range(64))
HELD = "select current_setting('pgfunnel.unlocked_key', true)"


def test_what_was_held_is_known_in_its_transaction_alone(clone, connect):
    with clone.transaction():
        clone.execute("select hold_key(%s)", (KEY,))
        held = clone.value(HELD)
        assert clone.value("select unlocked_key()") == KEY

    assert clone.value("select unlocked_key()") is None
    for connection in (clone, connect()):
        with connection.transaction():
            connection.execute("select set_config('pgfunnel.unlocked_key', %s, true)", (held,))
            assert connection.value("select unlocked_key()") is None
