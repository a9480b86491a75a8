"""The provider session: nothing of a key is left after its transaction."""

import base64
import random

import pytest

KEK = base64.b64encode(random.Random(64).randbytes(64)).decode()
SETTING = "select coalesce(current_setting('pgfunnel.unlocked_key', true), '')"


@pytest.fixture
def locked(clone):
    clone.execute("select move_keys('session', %s)", (KEK,))
    return clone


def test_what_is_sealed_opens_in_the_transaction_that_has_the_key(locked):
    with locked.transaction():
        locked.execute("select unlock_keys(%s)", (KEK,))
        [lead] = locked.leads(1)

        assert locked.value("select lead_pii(%s) ->> 'first_name'", lead) == "Ada"


@pytest.mark.parametrize("end", ["commit", "rollback"])
def test_the_next_transaction_of_the_same_connection_finds_nothing(locked, end):
    locked.execute("begin")
    locked.execute("select unlock_keys(%s)", (KEK,))
    assert locked.value(SETTING)
    locked.execute(end)

    assert locked.value(SETTING) == ""
    with locked.refused("PF012"):
        locked.execute("select seal('here', 'text')")


def test_the_end_of_a_statement_outside_of_a_transaction_is_the_end_of_the_key(locked):
    locked.execute("select unlock_keys(%s)", (KEK,))

    with locked.refused("PF012"):
        locked.execute("select seal('here', 'text')")


def test_what_is_undone_to_a_savepoint_unlocks_no_more(locked):
    with locked.transaction():
        with locked.undone():
            locked.execute("select unlock_keys(%s)", (KEK,))

        assert locked.value(SETTING) == ""
        assert locked.value("select unlocked_key()") is None


def test_another_connection_has_no_part_in_it(locked, connect):
    with locked.transaction():
        locked.execute("select unlock_keys(%s)", (KEK,))

        with connect() as other, other.refused("PF012"):
            other.execute("select seal('here', 'text')")


def test_the_setting_does_not_hold_the_key_itself(locked):
    with locked.transaction():
        locked.execute("select unlock_keys(%s)", (KEK,))
        held = locked.value(SETTING)

    key = base64.b64decode(KEK)
    assert not any(form in held for form in (KEK, key.hex(), key[:32].hex(), key[32:].hex()))


def test_what_was_held_in_one_transaction_opens_in_no_other(locked):
    with locked.transaction():
        locked.execute("select unlock_keys(%s)", (KEK,))
        held = locked.value(SETTING)

    with locked.transaction(), locked.refused("PF012"):
        locked.execute("select set_config('pgfunnel.unlocked_key', %s, false)", (held,))
        locked.execute("select seal('here', 'text')")


@pytest.mark.parametrize("junk", ["", "x", "abc", "00", "\\x00", "00" * 100])
def test_junk_in_the_setting_is_no_key(locked, junk):
    with locked.refused("PF012"):
        locked.execute("select set_config('pgfunnel.unlocked_key', %s, true), seal('here', 'text')", (junk,))


@pytest.mark.parametrize(
    ("key", "code"),
    [(base64.b64encode(random.Random(65).randbytes(64)).decode(), "PF011"), ("hunter2", "PF015"), (None, "PF015")],
)
def test_a_wrong_key_is_told_at_once_and_not_repeated(locked, key, code):
    with pytest.raises(Exception) as caught:
        locked.execute("select unlock_keys(%s)", (key,))

    assert caught.value.sqlstate == code
    words = " ".join(filter(None, [str(caught.value), caught.value.diag.message_detail, caught.value.diag.context]))
    assert not key or key not in words


def test_a_service_that_unlocks_still_reads_no_key(locked, connect):
    service = connect("pipeline_writer")

    with service.transaction():
        service.execute("select unlock_keys(%s)", (KEK,))
        assert service.one("select * from ingest_csv('test', %s)", b"mak,first_name\n1234567890,Ada\n").status == 200
        for query in ("select unlocked_key()", "select installation_secret()", "select * from key_ring()"):
            with service.refused("42501"):
                service.execute(query)
    with service.refused("PF012"):
        service.execute("select * from ingest_csv('test', %s)", (b"mak,first_name\n1234567891,Ada\n",))
