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
