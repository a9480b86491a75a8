def test_gaps_are_closed_in_order_and_other_leads_left_alone(db):
    lead, other = db.leads(2, phones=5, emails=2)
    db.execute("delete from lead_contacts where channel = 'phone' and position in (1, 3)")
    look = "select channel, position, value_hash from lead_contacts where lead_id = %s order by channel, position"
    before, untouched = db.rows(look, lead), db.rows(look, other)

    db.execute("select renumber_contacts(array[%s]::uuid[])", (lead,))

    after = db.rows(look, lead)
    assert [row.position for row in after] == [1, 2, 1, 2, 3]
    assert [row.value_hash for row in after] == [row.value_hash for row in before]
    assert db.rows(look, other) == untouched


def test_the_position_that_a_call_was_claimed_with_says_nothing_any_more(db, clock):
    lead, other = db.leads(2, status="active", phones=2)
    clock.set("2099-03-09 10:00")
    assert len(db.claim()) == 2
    db.execute("delete from lead_contacts where channel = 'phone' and position = 1 and lead_id = %s", (lead,))

    db.execute("select renumber_contacts(array[%s]::uuid[])", (lead,))

    look = "select contact_position from deliveries where lead_id = %s and channel = 'phone'"
    assert (db.value(look, lead), db.value(look, other)) == (None, 1)
