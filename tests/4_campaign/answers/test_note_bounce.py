def note(db, value, hard=True):
    db.execute("select note_bounce('email', contact_hash('email', %s), %s, %s)", (value, hard, db.clock.now))


def test_what_bounced_stays_rejected_when_the_codes_are_judged_anew(db, clock):
    (lead,) = db.leads(1)

    note(db, db.contact(lead, "email"))

    codes = db.value("select verification_codes from lead_contacts where channel = 'email'")
    assert db.value("select effect from judge_codes('generic', 'email', %s)", codes) == "reject"


def test_one_of_a_contact_that_no_lead_has_changes_nothing(db, clock):
    db.leads(1)

    note(db, "nobody@example.com")
    note(db, "no address")

    assert not db.rows("select from pipeline_events where stage = 'verified'")
