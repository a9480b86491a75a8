def test_a_contact_leads_to_its_lead_and_an_unknown_one_to_nobody(db):
    (lead,) = db.leads(1)

    found = "select lead_of_contact('email', contact_hash('email', %s))"
    assert db.value(found, db.contact(lead, "email").upper()) == lead
    assert db.value(found, "nobody@example.com") is None
    assert db.value("select lead_of_contact('email', null)") is None


def test_of_several_the_active_one_is_meant_then_the_one_that_was_fed_last_then_the_oldest(db, clock):
    expected = active, fed_last, fed_first, oldest, newest = db.leads(5, phones=0)
    value = db.contact(active, "email")
    db.execute("alter table leads disable trigger user")  # when a lead was fed is not changed by hand
    for lead, status, fed, made in [
        (active, "active", 1, 5),
        (fed_last, "paused", 3, 4),
        (fed_first, "paused", 2, 3),
        (oldest, "new", None, 1),
        (newest, "new", None, 2),
    ]:
        db.execute(
            "update leads set campaign_status = %s, campaign_id = (select id from campaigns),"
            " created_at = %s + %s * interval '1 day', added_to_campaign_at = %s + %s * interval '1 day' where id = %s",
            (status, clock.now, made, clock.now, fed, lead),
        )
    db.execute("update lead_contacts set value_hash = contact_hash('email', %s)", (value,))

    found = []
    for _ in expected:
        found.append(db.value("select lead_of_contact('email', contact_hash('email', %s))", value))
        db.execute("delete from lead_contacts where lead_id = %s", (found[-1],))

    assert found == expected
