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
