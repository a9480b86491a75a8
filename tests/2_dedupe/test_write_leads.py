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


def test_an_existing_lead_without_a_document_gets_one(db, merge):
    db.execute("insert into leads (mak) values ('0000000001')")

    merge({"mak": "0000000001", "first name": "Ada"})

    assert db.value("select lead_pii(id) ->> 'first_name' from leads") == "Ada"


def test_a_score_that_is_none_hides_no_score(db, merge):
    merge({"mak": "0000000001", "lead score": "80"}, {"mak": "0000000001", "lead score": "high"})

    assert db.value("select lead_score from leads") == 80
    assert db.value("select lead_pii(id) ->> 'other.lead_score' from leads") == "high"


def test_what_stands_in_a_shifted_column_is_sealed_too(db, merge):
    merge({"mak": "ada@example.com", "results": "call +12135550100", "address": "12 Main St", "zip": "90012"})

    assert db.value("select melissa_payload from leads") is None
    assert db.value("select lead_pii(id) from leads") == {
        "other.mak": "ada@example.com",
        "other.melissa_results": "call +12135550100",
        "phones": [],
        "emails": [],
    }


def test_a_county_and_a_parcel_that_is_no_key_are_kept(db):
    db.ingest("apn,county,address,zip\n123-456,Nowhere,12 Main St,90012\n")

    document = db.value("select lead_pii(id) from leads")
    assert (document["other.apn"], document["county"]) == ("123-456", "Nowhere")


def test_a_new_lead_has_its_columns_its_document_and_its_source(db, merge):
    merge(
        {
            "mak": "0000000001", "address": "12 Main St", "unit": "4", "city": "Los Angeles", "state": "CA",
            "zip": "90012", "first name": "Ada", "phone 1": "2135550100", "email 1": "ADA@example.com",
            "lead score": "70", "results": "AS01",
        },
        source="vendor",
    )  # fmt: skip

    lead = db.one("select * from leads")
    assert (lead.street, lead.unit, lead.city, lead.state, lead.zip) == (
        "12 Main St",
        "4",
        "Los Angeles",
        "CA",
        "90012",
    )
    assert (lead.lead_score, lead.source, lead.melissa_payload) == (70, "vendor", {"results": "AS01"})
    assert (lead.consent, lead.phone_verified, lead.campaign_status) == (False, False, "new")
    document = db.value("select lead_pii(id) from leads")
    assert (document["first_name"], document["phones"], document["emails"]) == (
        "Ada",
        ["+12135550100"],
        ["ada@example.com"],
    )


def test_nothing_personal_rests_in_clear(db, merge):
    merge({"mak": "0000000001", "first name": "Adalovelace", "phone 1": "2135550100", "email 1": "ada@example.com"})

    row = db.value("select l::text from leads as l") + db.value(
        "select string_agg(c::text, ' ') from lead_contacts as c"
    )
    for secret in ("Adalovelace", "5550100", "ada@example.com"):
        assert secret not in row
        assert secret.encode().hex() not in row
