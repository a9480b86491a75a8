OPEN = "select * from open_contact(%s, %s)"


def test_the_contact_is_the_first_that_may_be_used(db):
    (lead,) = db.leads(1, phones=2)
    db.execute("update lead_contacts set verified = false where position = 1 and channel = 'phone'")

    assert db.one(OPEN, lead, "phone") == (db.contact(lead, position=2), None)
    assert db.one(OPEN, lead, "email") == (db.contact(lead, "email"), None)


def test_a_document_that_was_changed_is_told(db):
    (lead,) = db.leads(1)
    db.execute("update leads set pii = set_byte(pii, 30, get_byte(pii, 30) # 1)")

    assert db.one(OPEN, lead, "phone") == (None, "a sealed value does not open")


def test_a_document_whose_key_is_missing_is_told(db):
    (lead,) = db.leads(1)
    db.execute("update leads set pii = int4send(99) || substr(pii, 5)")

    assert db.one(OPEN, lead, "phone") == (None, "there is no data key of version 99")


def test_a_document_without_the_contact_is_told(db):
    (lead,) = db.leads(1)
    db.execute("update leads set pii = seal('leads.pii/' || id, convert_to('{}', 'UTF8'))")

    assert db.one(OPEN, lead, "phone") == (None, "the lead's document has no such contact")
