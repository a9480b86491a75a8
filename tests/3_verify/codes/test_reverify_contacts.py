"""reverify_contacts: contacts, their leads and their events go together."""


def test_the_lead_follows_its_first_contact_that_verifies(db):
    [lead] = db.leads(1, verified=False, phones=2)
    for position, code in ((1, "PS07"), (2, "PS02")):
        number = db.contact(lead, "phone", position)
        db.execute(
            "select record_verification(%s, 'phone', 'melissa', array[%s], jsonb_build_object('phone', %s::text))",
            (lead, code, number),
        )
    db.execute("update verification_code_map set effect = 'verify' where code = 'PS02' and channel = 'phone'")

    db.execute("select reverify_contacts(%s, %s)", ([lead], db.clock.now))

    row = db.one("select phone_verified, phone_verification_codes, updated_at from leads")
    assert row == (True, ["PS02"], db.clock.now)


def test_no_leads_are_no_work(db):
    for leads in (None, []):
        db.execute("select reverify_contacts(%s::uuid[], now())", (leads,))

    assert db.value("select count(*) from pipeline_events where stage = 'verified'") == 0
