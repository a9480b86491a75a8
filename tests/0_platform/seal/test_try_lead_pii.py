def test_a_whole_document_is_opened(db):
    (lead,) = db.leads(1)

    assert db.value("select try_lead_pii(%s) = lead_pii(%s)", lead, lead) is True


def test_a_damaged_one_and_none_are_null(db):
    (lead,) = db.leads(1)
    db.execute("update leads set pii = set_byte(pii, 30, get_byte(pii, 30) # 1) where id = %s", (lead,))

    assert db.value("select try_lead_pii(%s)", lead) is None
    assert db.value("select try_lead_pii(gen_random_uuid())") is None


def test_a_missing_key_is_an_error(db):
    (lead,) = db.leads(1)
    db.execute("update leads set pii = set_byte(pii, 3, 99) where id = %s", (lead,))

    with db.refused("PF014"):
        db.value("select try_lead_pii(%s)", lead)
