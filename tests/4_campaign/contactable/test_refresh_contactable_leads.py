def test_a_writer_may_refresh(clone, connect):
    clone.leads(2)

    connect("pipeline_writer").execute("call refresh_contactable_leads()")

    assert clone.value("select count(*) from mv_contactable_leads") == 2


def test_readers_are_not_kept_out(clone, connect):
    clone.leads(2)
    refresher, reader = connect(), connect()

    with refresher.transaction():
        refresher.execute("call refresh_contactable_leads()")
        reader.execute("set lock_timeout = '1s'")
        assert reader.value("select count(*) from mv_contactable_leads") == 0

    assert reader.value("select count(*) from mv_contactable_leads") == 2


def test_one_that_was_never_filled_is_filled(clone):
    clone.leads(2)
    clone.execute("refresh materialized view mv_contactable_leads with no data")

    clone.execute("call refresh_contactable_leads()")

    assert clone.value("select count(*) from mv_contactable_leads") == 2


def test_while_another_refreshes_there_is_nothing_to_do(clone, connect):
    first, second = connect(), connect()

    with first.transaction():
        first.execute("call refresh_contactable_leads()")
        second.execute("set lock_timeout = '1s'")
        second.execute("call refresh_contactable_leads()")


def test_it_works_in_a_session_that_quotes_all_identifiers(clone, connect):
    clone.leads(2)
    service = connect("pipeline_writer")
    service.execute("set quote_all_identifiers = on")

    service.execute("call refresh_contactable_leads()")

    assert clone.value("select count(*) from mv_contactable_leads") == 2
    assert service.value("show quote_all_identifiers") == "on"


def test_leads_that_were_just_loaded_are_joined_to_all_contacts_at_once(clone):
    clone.leads(3000)
    pinned = clone.value(
        "select array_to_string(proconfig, ';') from pg_proc where oid = 'refresh_contactable_leads()'::regprocedure"
    )
    query = "explain select * from contactable"
    assert "Nested Loop Anti Join" in str(clone.rows(query)), "the planner has statistics"

    for option in pinned.split(";"):
        name, _, value = option.partition("=")
        if name in ("enable_nestloop", "jit"):
            clone.execute("select set_config(%s, %s, false)", (name, value))

    assert "Nested Loop Anti Join" not in str(clone.rows(query))
