def test_the_document_opens_for_its_lead_alone(db):
    one, other = db.leads(2)
    assert db.value("select lead_pii(%s) ->> 'first_name'", one) == "Ada"

    db.execute("update leads set pii = (select pii from leads where id = %s) where id = %s", (one, other))

    with db.refused("PF011"):
        db.execute("select lead_pii(%s)", (other,))


def test_an_unknown_lead_has_none(db):
    assert db.value("select lead_pii(gen_random_uuid())") is None
