import psycopg
import pytest

HOLD = "select hold_lock('merge')"


@pytest.mark.parametrize("isolation", ["read committed", "repeatable read", "serializable"])
def test_the_second_waits_for_the_first_and_goes_on(clone, connect, isolation):
    first, second = connect(), connect()
    second.execute(f"set default_transaction_isolation = '{isolation}'")

    with first.transaction():
        first.execute(HOLD)
        waiting = second.in_background(HOLD).wait_until_blocked(clone)

    assert len(waiting.result()) == 1


def test_the_same_transaction_takes_it_as_often_as_it_likes(db):
    db.execute(HOLD)
    with db.transaction():
        db.execute(HOLD)
    db.execute(HOLD)


def test_a_name_that_nobody_took_before_is_made(clone, connect):
    first, second = connect(), connect()

    with first.transaction():
        first.execute("select hold_lock('new')")
        waiting = second.in_background("select hold_lock('new')").wait_until_blocked(clone)

    waiting.result()
    assert clone.value("select count(*) from locks where name = 'new'") == 1


def test_another_name_is_another_lock(clone, connect):
    first, second = connect(), connect()
    second.execute("set lock_timeout = '1s'")

    with first.transaction():
        first.execute(HOLD)
        second.execute("select hold_lock('refresh_contactable_leads')")


@pytest.mark.parametrize("role", ["pipeline_writer", "pipeline_broker", "pipeline_reader"])
def test_no_login_can_take_what_it_sees_held(clone, connect, role):
    """An advisory lock's key is in pg_locks for everybody; there is none to be seen, and the row is the owner's."""
    holder, attacker = connect(), connect(role)

    with holder.transaction():
        holder.execute(HOLD)
        holder.execute("select try_lock('feed/1')")

        assert attacker.rows("select objid from pg_locks where locktype = 'advisory'") == []
        for attack in (
            HOLD,
            "select from locks for update",
            "select from locks for key share",
            "lock table locks in access share mode",
            "insert into locks (name) values ('feed/2')",
            "delete from locks",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), attacker.transaction():
                attacker.execute(attack)


def test_a_thousand_holds_leave_one_row_version(clone):
    before = clone.value("select pg_relation_size('locks')")
    for _ in range(1000):
        clone.execute(HOLD)

    assert clone.value("select pg_relation_size('locks')") == before
    assert clone.value("select pg_stat_get_tuples_updated('locks'::regclass)") == 0
    assert clone.value("select count(*) from locks where name = 'merge'") == 1


def test_of_two_who_are_the_first_to_take_it_the_second_holds_it_after_the_first(clone, connect):
    first, second = connect(), connect()
    second.execute("begin")

    with first.transaction():
        first.execute("select hold_lock('new')")
        waiting = second.in_background("select hold_lock('new')").wait_until_blocked(clone)
    waiting.result()

    assert clone.value("select try_lock('new')") is False
