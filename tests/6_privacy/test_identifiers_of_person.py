def test_marks_are_ids_addresses_and_ten_digits(db):
    leads = db.leads(2, phones=1, emails=1)

    marks = db.value("select identifiers_of_person(%s::uuid[])", leads)

    expected = {str(lead) for lead in leads}
    expected |= {db.contact(lead)[-10:] for lead in leads} | {db.contact(lead, "email") for lead in leads}
    assert set(marks) == expected


def test_a_lead_without_a_document_is_known_by_its_id(db):
    (lead,) = db.leads(1)
    db.execute("update leads set pii = null")

    assert db.value("select identifiers_of_person(array[%s::uuid])", lead) == [str(lead)]
