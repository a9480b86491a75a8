def activate(db, limit):
    return db.value("select activate_leads(c, %s, %s) from campaigns as c", limit, db.clock.now)


def test_the_best_leads_go_first(db, clock):
    leads = db.leads(10, status="queued")

    assert activate(db, 3) == 3

    assert {row.id for row in db.rows("select id from leads where campaign_status = 'active'")} == set(leads[:3])


def test_a_lead_that_somebody_else_is_at_is_passed_over(clone, connect, clock):
    first, *others = clone.leads(3, status="queued")
    holder = connect()

    with holder.transaction():
        holder.execute("select from leads where id = %s for update", (first,))
        assert activate(clone, 3) == 2

    assert {row.id for row in clone.rows("select id from leads where campaign_status = 'active'")} == set(others)


def test_the_order_of_the_feed_is_read_from_its_index(clone):
    clone.leads(3000, status="queued")
    clone.execute("analyze leads")

    plan = "\n".join(
        row[0]
        for row in clone.rows(
            "explain select id from leads where campaign_status = 'queued' and campaign_id = 1"
            " order by lead_score desc nulls last, created_at, id limit 250"
        )
    )

    assert "leads_feed_idx" in plan and "Sort" not in plan
