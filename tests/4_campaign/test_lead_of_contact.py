def test_a_contact_leads_to_its_lead_and_an_unknown_one_to_nobody(db):
    (lead,) = db.leads(1)

    found = "select lead_of_contact('email', contact_hash('email', %s))"
    assert db.value(found, db.contact(lead, "email").upper()) == lead
    assert db.value(found, "nobody@example.com") is None
    assert db.value("select lead_of_contact('email', null)") is None
