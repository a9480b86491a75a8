"""suppress_value: a value known by its hash is opted out; test_opt_out_at has the rest."""


def suppress(db, value_hash):
    return db.value("select suppress_value('phone', %s, 'reply STOP', 'twilio', %s)", value_hash, db.clock.now)


def hash_of(db, lead):
    return db.value("select value_hash from lead_contacts where lead_id = %s and channel = 'phone'", lead)


def test_all_leads_with_the_hash_are_counted_and_reached(db, share_phone):
    lead, sharing, other = db.leads(3)
    value_hash = hash_of(db, lead)
    share_phone(db, lead, sharing)

    assert suppress(db, value_hash) == 2

    states = {row.id: row.campaign_status for row in db.rows("select id, campaign_status from leads")}
    assert states == {lead: "opted_out", sharing: "opted_out", other: "new"}
    assert db.value("select is_suppressed('phone', %s)", db.contact(lead))
    assert not db.value("select is_suppressed('phone', %s)", db.contact(other))
    assert not db.value("select is_suppressed('email', %s)", db.contact(lead, "email"))


def test_one_that_nobody_has_is_kept_for_a_later_import(db, last_event):
    assert suppress(db, b"\x01" * 32) == 0

    assert db.value("select count(*) from suppressions") == 1
    assert last_event(db, "suppression").lead_id is None
