"""rejudge_contacts: contacts that a change of the map turned over; test_reverify_leads_at has the rest."""


def test_only_contacts_that_change_are_told(db):
    lead, other = db.leads(2, verified=False, phones=2)
    for each in (lead, other):
        db.execute("select record_verification(%s, 'phone', 'melissa', '{PS02,PS07}')", (each,))
    db.execute("update verification_code_map set effect = 'verify' where code = 'PS02' and channel = 'phone'")

    rows = db.rows("select * from rejudge_contacts(%s, now())", [lead])

    assert rows == [(lead, "phone", 1, "melissa", ["PS02", "PS07"], True, "verify", [])]
    assert db.rows("select * from rejudge_contacts(%s, now())", [lead]) == []


def test_a_code_without_a_meaning_any_more_is_named(db):
    [lead] = db.leads(1, verified=False)
    db.execute("select record_verification(%s, 'phone', 'melissa', '{PS01}')", (lead,))
    db.execute("delete from verification_code_map where code = 'PS01'")

    row = db.one("select * from rejudge_contacts(%s, now())", [lead])

    assert (row.verified, row.effect, row.unknown_codes) == (False, None, ["PS01"])
