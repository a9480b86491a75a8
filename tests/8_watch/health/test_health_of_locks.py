CHECK = "select status, detail, hint from health_of_locks()"


def test_what_our_functions_hold_is_in_order(clone, connect):
    worker = connect()
    with worker.transaction():
        worker.execute("select hold_lock('merge'), try_lock('feed/1')")

        assert clone.one(CHECK) == ("ok", "nobody else holds one of ours", None)


def test_a_login_that_holds_one_of_our_advisory_locks_is_named(clone, connect):
    stranger, worker = connect("pipeline_broker"), connect()
    stranger.execute("select pg_advisory_lock(%s)", (clone.value("select lock_key('merge')"),))

    with worker.transaction():
        worker.execute("select hold_lock('merge')")
        found = clone.one(CHECK)

    assert found.status == "warn"
    assert found.detail == f"{clone.info.user} (pid {stranger.info.backend_pid}) holds merge"
    assert "pg_terminate_backend" in found.hint


def test_advisory_locks_with_other_keys_are_none_of_its_business(clone, connect):
    connect().execute("select pg_advisory_lock(42) as one, pg_advisory_lock(1, 2) as two")

    assert clone.one(CHECK).status == "ok"
