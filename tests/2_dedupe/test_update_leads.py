FULL = {
    "mak": "0000000001", "address": "12 Main St", "unit": "4", "city": "Los Angeles", "state": "CA", "zip": "90012",
    "first name": "Ada", "last name": "Old", "phone 1": "2135550100", "lead score": "70",
}  # fmt: skip


def test_a_value_never_gives_way_to_an_empty_one(db, merge):
    merge(FULL)
    before = db.one("select street, unit, city, state, zip, lead_score from leads")
    document = db.value("select lead_pii(id) from leads")

    merge({"mak": "0000000001"})

    assert db.one("select street, unit, city, state, zip, lead_score from leads") == before
    assert db.value("select lead_pii(id) from leads") == document


def test_the_newer_value_wins_and_contacts_are_joined(db, merge):
    merge(FULL)

    merge({"mak": "0000000001", "last name": "New", "lead score": "80", "phone 1": "2135550199"})

    document = db.value("select lead_pii(id) from leads")
    assert (document["first_name"], document["last_name"]) == ("Ada", "New")
    assert document["phones"] == ["+12135550100", "+12135550199"]
    assert db.value("select lead_score from leads") == 80


def test_a_key_is_gained_and_never_replaced(db, merge):
    merge({"mak": "0000000001", "fips": "06037", "apn": "1"})

    merge({"mak": "0000000001", "fips": "06037", "apn": "2", "address": "12 Main St", "zip": "90012"})

    lead = db.one("select * from leads")
    assert (lead.apn, lead.addr_hash is not None) == ("1", True)


def test_consent_verification_campaign_and_broker_stay(db, merge):
    merge(FULL)
    db.execute(
        "update leads set consent = true, consented_at = now(), phone_verified = true, campaign_id = 1,"
        " assigned_broker_id = '11111111-1111-1111-1111-111111111111'"
    )
    db.execute("update leads set campaign_status = 'queued'")
    kept = "select consent, consented_at, phone_verified, campaign_status, campaign_id, assigned_broker_id from leads"
    before = db.one(kept)

    merge({**FULL, "last name": "New"})

    assert db.one(kept) == before


def test_a_suppressed_person_who_is_imported_again_stays_suppressed(db, merge):
    merge(FULL)
    db.execute("select opt_out('phone', '2135550100', 'asked', 'test')")

    merge({**FULL, "mak": "0000000002", "address": "99 Oak St"})

    assert db.value("select is_suppressed('phone', '(213) 555-0100')")


def test_a_lead_that_was_sealed_under_an_older_key_is_merged_under_the_newest(db, merge):
    merge(FULL)
    version = db.value("select create_data_key('seal')")

    merge({"mak": "0000000001", "last name": "New"})

    assert db.value("select sealed_version(pii) from leads") == version
    assert db.value("select lead_pii(id) ->> 'first_name' from leads") == "Ada"


def test_leads_are_locked_in_order_before_they_are_changed(clone, connect):
    clone.ingest("mak,first name\n0000000001,Ada\n0000000002,Bea\n")
    first_id, _ = (row.id for row in clone.rows("select id from leads order by id"))
    holder, merger = connect(), connect()

    with holder.transaction():
        holder.execute("select from leads where id = %s for update", (first_id,))
        waiting = merger.in_background(
            "select * from ingest_csv('test', %s)", b"mak,first name\n0000000002,Bea B\n0000000001,Ada A\n"
        ).wait_until_blocked(clone)
        # the other lead is not held while the merge waits for the first
        clone.execute("set lock_timeout = '1s'")
        clone.execute("update leads set status = 'x' where id <> %s", (first_id,))

    assert waiting.result()[0].rows_merged == 2
