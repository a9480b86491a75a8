def reject(db, lead):
    db.execute("select reject_called_number(%s, %s)", (lead, db.clock.now))
    return [r.verified for r in db.rows("select verified from lead_contacts where channel = 'phone' order by position")]


def test_the_number_that_a_delivery_would_use_is_rejected(db, clock):
    (lead,) = db.leads(1, phones=3)
    db.execute("update lead_contacts set do_not_call = true where channel = 'phone' and position = 1")

    assert reject(db, lead) == [True, False, True]


def test_of_suppressed_ones_it_is_the_first(db, clock):
    (lead,) = db.leads(1, phones=1)
    db.execute("select opt_out('phone', %s, 'x', 'y', %s)", (db.contact(lead), clock.now))

    assert reject(db, lead) == [False]


def test_a_lead_without_a_verified_number_stays_as_it_is(db, clock):
    (lead,) = db.leads(1, verified=False)

    assert reject(db, lead) == [False]
    assert not db.rows("select from pipeline_events where stage = 'verified'")


def test_a_document_that_does_not_open_keeps_no_number_from_being_rejected(db, clock):
    (lead,) = db.leads(1)
    db.execute("update leads set pii = '\\x00'")

    assert reject(db, lead) == [False]
