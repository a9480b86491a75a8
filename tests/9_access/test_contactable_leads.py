BROKER = "11111111-1111-1111-1111-111111111111"

PAGE = "select * from contactable_leads order by lead_score desc nulls last, lead_id limit 20"


def seen(db):
    return {row.lead_id for row in db.rows("select lead_id from contactable_leads")}


def test_a_broker_sees_his_own_and_a_service_sees_all(clone):
    own = clone.leads(2, broker=BROKER)
    others = clone.leads(2)
    clone.execute("call refresh_contactable_leads()")
    clone.execute("insert into brokers (db_role, broker_id) values (session_user, %s)", (BROKER,))

    clone.execute("set role pipeline_broker")
    assert seen(clone) == set(own)
    clone.execute("set role pipeline_writer")
    assert seen(clone) == set(own + others)


def test_what_changed_a_second_ago_is_gone(clone):
    reassigned, stopped, erased, left = clone.leads(4, broker=BROKER)
    clone.execute("call refresh_contactable_leads()")
    clone.execute("insert into brokers (db_role, broker_id) values (session_user, %s)", (BROKER,))

    clone.execute("update leads set assigned_broker_id = null where id = %s", (reassigned,))
    clone.execute("select opt_out('phone', %s, 'asked', 'test')", (clone.contact(stopped),))
    clone.execute("delete from leads where id = %s", (erased,))

    clone.execute("set role pipeline_broker")
    assert seen(clone) == {left}


def test_it_shows_nothing_personal(db):
    columns = {column.name for column in db.execute("select * from contactable_leads").description}

    assert columns == {
        "lead_id", "campaign", "campaign_status", "city", "state", "zip", "lead_score", "assigned_broker_id",
    }  # fmt: skip


def test_a_page_best_score_first_asks_of_no_more_leads_than_it_shows_whether_they_still_are(clone):
    clone.leads(30000)
    clone.leads(400, broker=BROKER)
    clone.execute("call refresh_contactable_leads()")
    clone.execute("analyze")
    clone.execute("insert into brokers (db_role, broker_id) values (session_user, %s)", (BROKER,))

    for role in ("pipeline_broker", "pipeline_writer"):
        clone.execute(f"set role {role}")
        page = clone.rows(PAGE)
        plan = clone.value(f"explain (analyze, format json) {PAGE}")
        clone.execute("reset role")

        assert [row.lead_score for row in page] == sorted((row.lead_score for row in page), reverse=True)
        assert {node["Actual Loops"] for node in nodes(plan[0]["Plan"]) if is_asked(node)} == {0, 20}


def nodes(node):
    yield node
    for below in node.get("Plans", []):
        yield from nodes(below)


def is_asked(node):
    """The look whether a lead still is contactable."""
    return node.get("Parent Relationship") == "SubPlan" and "lead_contacts" in str(node) and "suppressions" in str(node)


def test_a_lead_is_shown_for_the_campaign_that_still_may_alone(clone):
    clone.execute("insert into campaigns (name) values ('second')")
    clone.leads(1, broker=BROKER)
    clone.execute("call refresh_contactable_leads()")
    clone.execute("insert into brokers (db_role, broker_id) values (session_user, %s)", (BROKER,))
    clone.execute("update leads set campaign_id = (select id from campaigns where name = 'second')")

    for role in ("pipeline_broker", "pipeline_writer"):
        clone.execute(f"set role {role}")
        assert clone.rows("select campaign from contactable_leads") == [("second",)]
        clone.execute("reset role")


def test_a_function_in_a_broker_s_query_is_called_with_his_leads_alone(clone):
    own = clone.leads(2, broker=BROKER)
    clone.leads(2)
    clone.execute("call refresh_contactable_leads()")
    clone.execute("insert into brokers (db_role, broker_id) values (session_user, %s)", (BROKER,))
    clone.execute(
        "create function show(p_lead_id uuid) returns boolean language plpgsql cost 0.0001"
        " as $$ begin raise notice '%', p_lead_id; return true; end $$"
    )
    shown = set()
    clone.add_notice_handler(lambda notice: shown.add(notice.message_primary))

    clone.execute("set role pipeline_broker")
    clone.execute("set enable_nestloop = off")  # else only his leads would be looked up, by their ids
    clone.rows("select * from contactable_leads where show(lead_id)")

    assert shown == {str(lead) for lead in own}
