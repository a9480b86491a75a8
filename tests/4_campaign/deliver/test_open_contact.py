OPEN = "select * from open_contact(%s, %s, %s)"


def test_the_contact_is_that_of_the_channel_at_the_position(db):
    (lead,) = db.leads(1, phones=2)

    assert db.one(OPEN, lead, "phone", 2) == (db.contact(lead, position=2), None)
    assert db.one(OPEN, lead, "email", 1) == (db.contact(lead, "email"), None)


def test_a_document_that_was_changed_is_told(db):
    (lead,) = db.leads(1)
    db.execute("update leads set pii = set_byte(pii, 30, get_byte(pii, 30) # 1)")

    assert db.one(OPEN, lead, "phone", 1) == (None, "the lead's document does not open")


def test_a_document_whose_key_is_missing_is_told(db):
    (lead,) = db.leads(1)
    db.execute("update leads set pii = int4send(99) || substr(pii, 5)")

    assert db.one(OPEN, lead, "phone", 1) == (None, "the data key of the lead's document is missing")


def test_a_document_without_the_contact_is_told(db):
    (lead,) = db.leads(1)
    db.execute("update leads set pii = seal('leads.pii/' || id, convert_to('{}', 'UTF8'))")

    assert db.one(OPEN, lead, "phone", 1) == (None, "the lead's document has no such contact")
