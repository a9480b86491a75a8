def note(db, value, hard=True):
    return db.value("select note_bounce('email', %s, %s, %s)", value, hard, db.clock.now)


def test_it_says_how_many_leads_have_the_contact(db, clock):
    (lead,) = db.leads(1)

    assert note(db, db.contact(lead, "email")) == 1
    assert note(db, "nobody@example.com") == 0
    assert note(db, "no address") == 0


def test_what_bounced_stays_rejected_when_the_codes_are_judged_anew(db, clock):
    (lead,) = db.leads(1)

    note(db, db.contact(lead, "email"))

    codes = db.value("select verification_codes from lead_contacts where channel = 'email'")
    assert db.value("select effect from judge_codes('generic', 'email', %s)", codes) == "reject"
