def stages(db, lead):
    rows = db.rows("select stage, detail from pipeline_events where lead_id = %s order by id", lead)
    return [(row.stage, row.detail["from"], row.detail["to"]) for row in rows]


def test_every_move_is_an_event_named_by_where_it_goes(db):
    (lead,) = db.leads(1, status="queued")
    for state in ("active", "paused", "active", "replied", "booked", "completed"):
        db.execute("update leads set campaign_status = %s", (state,))

    assert stages(db, lead) == [
        ("fed", "queued", "active"),
        ("paused", "active", "paused"),
        ("resumed", "paused", "active"),
        ("replied", "active", "replied"),
        ("booked", "replied", "booked"),
        ("completed", "booked", "completed"),
    ]


def test_an_update_that_moves_nothing_is_no_event(db):
    (lead,) = db.leads(1, status="queued")

    db.execute("update leads set campaign_status = 'queued', status = 'x'")

    assert stages(db, lead) == []


def reasons(db, lead):
    rows = db.rows("select detail ->> 'why' as why from pipeline_events where lead_id = %s order by id", lead)
    return [row.why for row in rows if row.why]


def test_a_move_by_a_function_says_which(db, clock):
    (lead,) = db.leads(1)

    db.execute("select queue_leads()")
    db.feed()
    db.execute("select record_reply('phone', %s, 'Tell me more', 'e1')", (db.contact(lead),))
    db.execute("select record_booking(%s, now() + interval '1 day', 'e2')", (lead,))
    db.execute("select opt_out('phone', %s, 'asked', 'test')", (db.contact(lead),))

    assert reasons(db, lead) == ["queue_leads", "feed_campaign", "record_reply", "record_booking", "opt_out"]


def test_a_move_by_hand_says_who_made_it_or_why(db):
    (lead,) = db.leads(1, status="queued")

    with db.acting_as("pipeline_writer"):
        db.execute("update leads set campaign_status = 'active'")
        db.execute("set local pgfunnel.why = 'on holiday, +1 213 555 0101'")
        db.execute("update leads set campaign_status = 'paused'")
    owner = db.value("select session_user")
    db.execute("update leads set campaign_status = 'active'")

    assert reasons(db, lead) == ["by pipeline_writer", "on holiday, …", f"by {owner}"]


def test_a_reason_is_not_that_of_the_next_statement_whether_it_moved_a_lead_or_none(db, clock):
    (lead,) = db.leads(1, status="queued")

    db.execute("set local pgfunnel.why = 'a whim'")
    db.execute("update leads set campaign_status = 'active' where false")
    db.execute("update leads set campaign_status = 'active'")

    assert reasons(db, lead) == [f"by {db.value('select session_user')}"]
