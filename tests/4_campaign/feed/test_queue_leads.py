def test_the_best_contactable_leads_are_queued_first(db):
    leads = db.leads(10)
    db.leads(5, consent=False)

    assert db.value("select queue_leads(p_limit => 4)") == 4

    assert {row.id for row in db.rows("select id from leads where campaign_status = 'queued'")} == set(leads[:4])
    assert db.value("select queue_leads()") == 6
    assert db.value("select queue_leads()") == 0


def test_of_equal_scores_the_oldest_comes_first_and_no_score_comes_last(db):
    first, second, third = db.leads(3)
    db.execute("update leads set lead_score = 50, created_at = '2026-01-02' where id = %s", (first,))
    db.execute("update leads set lead_score = 50, created_at = '2026-01-01' where id = %s", (second,))
    db.execute("update leads set lead_score = null, created_at = '2020-01-01' where id = %s", (third,))

    order = []
    for _ in range(3):
        db.execute("select queue_leads(p_limit => 1)")
        order += [r.id for r in db.rows("select id from leads where campaign_status = 'queued'") if r.id not in order]

    assert order == [second, first, third]


def test_a_lead_is_in_one_campaign(db):
    db.execute("insert into campaigns (name) values ('second')")
    db.leads(3)

    assert db.value("select queue_leads('default')") == 3
    assert db.value("select queue_leads('second')") == 0


def test_an_unknown_campaign_is_told(db):
    with db.refused("PF083"):
        db.execute("select queue_leads('nowhere')")


def test_a_writer_may_queue(db):
    db.leads(1)

    with db.acting_as("pipeline_writer"):
        assert db.value("select queue_leads()") == 1


def test_a_limit_below_nothing_is_refused(db):
    with db.refused("PF086"):
        db.execute("select queue_leads('default', -1)")


def test_a_campaign_that_wants_no_consent_queues_leads_without(db):
    db.leads(2, consent=False)
    db.execute("update campaigns set requires_consent = false")

    assert db.value("select queue_leads()") == 2


def test_of_many_new_leads_only_as_many_are_read_as_are_queued(clone, reads_of):
    clone.leads(500)
    clone.leads(3000, consent=False)
    clone.execute("analyze")

    with reads_of("leads") as reads:
        assert clone.value("select queue_leads(p_limit => 10)") == 10

    assert reads.whole_table == 0
    assert reads.by_index < 10 * 10
