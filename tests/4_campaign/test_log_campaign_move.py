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
