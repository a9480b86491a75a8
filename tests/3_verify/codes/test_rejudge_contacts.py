"""rejudge_contacts: contacts, their leads and their events go together."""


def test_the_lead_follows_its_first_contact_that_verifies(db):
    [lead] = db.leads(1, verified=False, phones=2)
    for position, code in ((1, "PS07"), (2, "PS02")):
        number = db.contact(lead, "phone", position)
        db.execute(
            "select record_verification(%s, 'phone', 'melissa', array[%s], jsonb_build_object('phone', %s::text))",
            (lead, code, number),
        )
    db.execute("update verification_code_map set effect = 'verify' where code = 'PS02' and channel = 'phone'")

    db.execute("select rejudge_contacts(%s, %s)", ([lead], db.clock.now))

    row = db.one("select phone_verified, phone_verification_codes, updated_at from leads")
    assert row == (True, ["PS02"], db.clock.now)


def test_no_leads_are_no_work(db):
    for leads in (None, []):
        db.execute("select rejudge_contacts(%s::uuid[], now())", (leads,))

    assert db.value("select count(*) from pipeline_events where stage = 'verified'") == 0


def test_each_contact_that_changes_has_one_event(db):
    lead, other = db.leads(2, verified=False, phones=2)
    for each in (lead, other):
        db.execute("select record_verification(%s, 'phone', 'melissa', '{PS02,PS07}')", (each,))
    db.execute("update verification_code_map set effect = 'verify' where code = 'PS02' and channel = 'phone'")

    for _ in range(2):
        db.execute("select rejudge_contacts(%s, %s)", ([lead], db.clock.now))

    [event] = db.rows("select * from pipeline_events where detail ? 'map_version'")
    assert (event.lead_id, event.service, event.occurred_at) == (lead, "melissa", db.clock.now)
    version = event.detail.pop("map_version")
    assert version == db.value("select max(replaced_by) from verification_code_history")
    assert event.detail == {
        "channel": "phone",
        "position": 1,
        "codes": ["PS02", "PS07"],
        "effect": "verify",
        "verified": True,
    }


def test_a_code_without_a_meaning_any_more_is_named(db):
    [lead] = db.leads(1, verified=False)
    db.execute("select record_verification(%s, 'phone', 'melissa', '{PS01}')", (lead,))
    db.execute("delete from verification_code_map where code = 'PS01'")

    db.execute("select rejudge_contacts(%s, %s)", ([lead], db.clock.now))

    detail = db.value("select detail from pipeline_events where detail ? 'map_version'")
    assert (detail["verified"], detail.get("effect"), detail["unknown_codes"]) == (False, None, ["PS01"])
