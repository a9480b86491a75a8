TRY = "select try_lock('refresh_contactable_leads')"


def test_who_is_second_is_told_at_once_and_may_have_it_afterwards(clone, connect):
    first, second = connect(), connect()
    second.execute("set lock_timeout = '1s'")

    with first.transaction():
        assert first.value(TRY) is True
        assert first.value(TRY) is True
        assert second.value(TRY) is False

    assert second.value(TRY) is True


def test_who_waits_for_it_keeps_it_from_who_tries(clone, connect):
    first, second = connect(), connect()

    with first.transaction():
        first.execute("select hold_lock('refresh_contactable_leads')")
        assert second.value(TRY) is False


def test_a_name_that_nobody_took_before_is_made(clone, connect):
    first, second = connect(), connect()

    with first.transaction():
        assert first.value("select try_lock('new')") is True
        waiting = second.in_background("select try_lock('new')").wait_until_blocked(clone)

    assert waiting.result() == [(False,)]
    assert second.value("select try_lock('new')") is True
