import base64
import itertools
import os

import pytest

KEK = base64.b64encode(os.urandom(64)).decode()
ANOTHER = base64.b64encode(os.urandom(64)).decode()


def moved(db, provider):
    """Move there, unlocked for the rest of the transaction."""
    return db.value("select move_keys(%s, %s)", provider, KEK if provider == "session" else None)


@pytest.mark.parametrize(("old", "new"), list(itertools.product(["local", "vault", "session"], repeat=2)))
def test_from_each_provider_to_each_everything_stays_readable(db, vault, old, new):
    sealed = db.value("select seal('here', 'text')")
    hashed = db.value("select blind_index('phone', '+12015550100')")
    moved(db, old)
    before = {row[0] for row in db.rows("select wrapped from data_keys")}

    assert moved(db, new) == 2

    assert db.value("select unseal('here', %s)", sealed) == b"text"
    assert db.value("select blind_index('phone', '+12015550100')") == hashed
    assert db.value("select setting('key_provider')") == new
    assert db.rows("select distinct provider from data_keys") == [(new,)]
    assert not before & {row[0] for row in db.rows("select wrapped from data_keys")}


def test_nothing_of_the_local_key_stays_in_its_table(clone):
    path = "select pg_relation_filepath('local_keys')"
    key, file = clone.value("select key from local_keys"), clone.value(path)

    clone.execute("select move_keys('session', %s)", (KEK,))

    assert clone.value(path) != file
    assert clone.value("select pg_relation_size('local_keys')") == 0
    assert key not in b"".join(row[0] for row in clone.rows("select wrapped from data_keys"))


def test_a_new_key_of_the_same_provider_makes_the_old_one_worthless(clone):
    clone.execute("select move_keys('session', %s)", (KEK,))
    with clone.transaction():
        clone.execute("select unlock_keys(%s)", (KEK,))
        clone.execute("select move_keys('session', %s)", (ANOTHER,))

    with clone.refused("PF011"):
        clone.execute("select unlock_keys(%s)", (KEK,))
    with clone.transaction():
        clone.execute("select unlock_keys(%s)", (ANOTHER,))
        assert clone.value("select unseal('here', seal('here', 'text'))") == b"text"


def test_from_a_locked_session_nothing_moves(clone):
    clone.execute("select move_keys('session', %s)", (KEK,))

    with clone.refused("PF012"):
        clone.execute("select move_keys('local')")
    assert clone.value("select setting('key_provider')") == "session"


def test_a_move_that_fails_leaves_all_as_it_was(db):
    before = db.rows("select * from data_keys order by version"), db.rows("select * from local_keys")

    with db.refused("PF016"):
        db.execute("select move_keys('vault')")
    with db.refused("PF015"):
        db.execute("select move_keys('session', 'hunter2')")

    assert (db.rows("select * from data_keys order by version"), db.rows("select * from local_keys")) == before


def test_it_is_an_event_without_the_key(db):
    db.execute("select move_keys('session', %s)", (KEK,))

    event = db.one("select detail, rows from pipeline_events where stage = 'keys'")
    assert (event.detail, event.rows) == ({"moved_to": "session"}, 2)


def test_only_the_owner_moves_keys(db):
    for role in ("pipeline_writer", "pipeline_reader", "pipeline_broker"):
        with db.acting_as(role), db.refused("42501"):
            db.execute("select move_keys('local')")


@pytest.mark.parametrize(("old", "code"), [("local", "PF012"), ("vault", "PF011")])
def test_a_vault_that_does_not_keep_what_it_is_given_gets_no_keys(db, vault, old, code):
    """What everybody will read from now on is read before the move is through."""
    moved(db, old)
    db.execute("create function vault.forget() returns trigger language plpgsql as 'begin return null; end'")
    db.execute(
        "create trigger forget before insert or update on vault.secrets for each row execute function vault.forget()"
    )
    before = db.rows("select * from data_keys order by version")

    with db.refused(code):
        db.execute("select move_keys('vault')")

    assert db.rows("select * from data_keys order by version") == before


def test_a_key_that_is_made_meanwhile_moves_too(clone, connect):
    clone.execute("select move_keys('session', %s)", (KEK,))
    moving = connect()
    moving.execute("begin")
    moving.execute("select unlock_keys(%s)", (KEK,))

    with clone.transaction():
        clone.execute("select unlock_keys(%s)", (KEK,))
        clone.execute("select rotate_data_key()")
        waiting = moving.in_background("select move_keys('local')").wait_until_blocked(clone)

    assert waiting.result() == [(3,)]
    moving.execute("commit")
    assert clone.value("select count(*) from key_ring()") == 3
