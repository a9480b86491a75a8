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


ADVISORY = """
    select pid from pg_locks
     where locktype = 'advisory' and objsubid = 1 and (classid::bigint << 32) | objid::bigint = lock_key('merge')
"""


def test_everybody_sees_in_pg_locks_which_session_works(clone, connect):
    holder, other = connect(), connect()

    with holder.transaction():
        holder.execute(HOLD)
        other.in_background(HOLD).wait_until_blocked(clone)
        assert clone.rows(ADVISORY) == [(holder.info.backend_pid,)]


@pytest.mark.parametrize("role", ["pipeline_writer", "pipeline_broker", "pipeline_reader"])
def test_no_login_keeps_others_out_by_what_it_sees_held(clone, connect, role):
    holder, attacker = connect(), connect(role)

    with holder.transaction():
        holder.execute(HOLD)
        holder.execute("select try_lock('feed/1')")

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


@pytest.mark.parametrize("take", [HOLD, "select try_lock('merge')"])
def test_an_advisory_lock_that_a_stranger_took_is_passed_over(clone, connect, take):
    stranger, worker = connect("pipeline_broker"), connect()
    stranger.execute("select pg_advisory_lock(%s)", (clone.value("select lock_key('merge')"),))
    worker.execute("set lock_timeout = '1s'")

    with worker.transaction():
        assert worker.value(take) is not False
        assert clone.value("select try_lock('merge')") is False


def test_two_installations_have_keys_of_their_own(db):
    key = db.value("select lock_key('merge')")
    db.execute("create schema other")

    assert key != db.value("select hashtextextended('pgfunnel/other/merge', 0)")
    assert key == db.value("select hashtextextended('pgfunnel/funnel/merge', 0)")


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
