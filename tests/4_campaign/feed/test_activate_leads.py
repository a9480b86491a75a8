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


def test_of_many_queued_leads_only_as_many_are_read_as_are_fed(clone, clock, reads_of):
    clone.leads(3000, status="queued")
    clone.execute("analyze")

    with reads_of("leads") as reads:
        assert activate(clone, 10) == 10

    assert reads.whole_table == 0
    assert reads.by_index < 10 * 10  # each a few times: by the queue's index, by the view, by the update
