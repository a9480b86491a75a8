import pytest


def correct(db, letter, fields, token=None):
    with db.acting_as("pipeline_writer"):
        return db.one("select * from correct_row(%s, %s, %s)", letter.id, fields, token)


@pytest.fixture
def rejected(letters):
    (letter,) = letters({"first name": "Adalovelace", "phone 1": "2135550100", "zip": "90012"})
    return letter


def test_a_corrected_row_is_merged_and_the_letter_says_as_what(db, rejected, letter):
    result = correct(db, rejected, '{"property_street": "12 Main St"}')

    assert (result.outcome, result.message) == ("redriven", "the row is new")
    kept = letter(rejected.id)
    assert (kept.state, kept.redriven_as) == ("redriven", result.upload_id)
    lead = db.one("select street, zip, source from leads where id = %s", result.lead_id)
    assert lead == ("12 Main St", "90012", "test")
    assert db.value("select lead_pii(%s)", result.lead_id) == {
        "first_name": "Adalovelace", "phones": ["+12135550100"], "emails": [],
    }  # fmt: skip
    event = db.one("select lead_id, upload_id, source, detail from pipeline_events where stage = 'dlq'")
    assert event == (
        result.lead_id, result.upload_id, "upload", {"letter": rejected.id, "outcome": "redriven"},
    )  # fmt: skip


def test_the_rows_of_both_uploads_are_accounted_for(db, rejected):
    result = correct(db, rejected, '{"mak": "0000000001"}')

    counts = "select rows_read, rows_new, rows_rejected from uploads where id = %s"
    assert db.one(counts, rejected.upload_id) == (1, 0, 1)
    assert db.one(counts, result.upload_id) == (1, 1, 0)


def test_a_correction_that_is_not_enough_stays_with_the_row(db, rejected, letter):
    first = correct(db, rejected, '{"county_fips": "06037", "last_name": "Lead"}')
    assert (first.outcome, first.lead_id) == ("waiting", None)
    kept = letter(rejected.id)
    assert (kept.state, kept.attempts, kept.last_error) == ("waiting", 1, first.message)
    assert b"Lead" not in kept.sealed

    second = correct(db, rejected, '{"apn": "123-456"}')

    assert second.outcome == "redriven"
    assert db.one("select county_fips, apn from leads") == ("06037", "123456")
    assert db.value("select lead_pii(%s) ->> 'last_name'", second.lead_id) == "Lead"


def test_a_field_is_taken_away_by_null(db, conflict):
    result = correct(db, conflict, '{"mak": null, "phone_1": null}')

    assert (result.outcome, result.message) == ("redriven", "the row is merged")
    document = db.value("select lead_pii(%s)", result.lead_id)
    assert (document["first_name"], document["phones"]) == ("Cy", [])


def test_a_contact_can_be_corrected(db, conflict):
    result = correct(db, conflict, '{"mak": null, "phone_1": "(213) 555-0199", "email_1": "CY@example.com"}')

    document = db.value("select lead_pii(%s)", result.lead_id)
    assert (document["phones"], document["emails"]) == (["+12135550199"], ["cy@example.com"])


def test_a_field_that_there_is_not_is_refused_and_nothing_is_changed(db, rejected, letter):
    before = letter(rejected.id)

    with db.refused("PF106"):
        db.execute('select correct_row(%s, \'{"zipcode": "1"}\')', (rejected.id,))

    assert letter(rejected.id) == before


def test_a_row_whose_fields_did_not_fit_its_header_is_named_anew(db):
    db.ingest("mak,first name\n0000000001,Ada,Lovelace\n")
    (broken,) = db.rows("select * from pipeline_dlq")

    assert correct(db, broken, '{"mak": "0000000001", "other.values": null}').outcome == "redriven"


def test_who_claimed_it_corrects_it_and_nobody_else(db, rejected):
    claimed = db.one("select * from claim_dlq(1, p_source => 'upload')")

    with db.refused("PF103"):
        correct(db, rejected, '{"mak": "0000000001"}')
    assert correct(db, rejected, '{"mak": "0000000001"}', claimed.token).outcome == "redriven"


def test_an_import_of_a_corrected_row_raises_no_consent_and_takes_no_broker(db, conflict):
    lead = db.value("select id from leads where mak = '0000000001'")
    db.execute("update leads set assigned_broker_id = gen_random_uuid() where id = %s", (lead,))
    facts = "select consent, assigned_broker_id, phone_verified, campaign_status, mak from leads where id = %s"
    before = db.one(facts, lead)

    assert correct(db, conflict, '{"property_street": null}').lead_id == lead

    assert db.one(facts, lead) == before


def test_nothing_personal_is_in_clear(db, rejected):
    correct(db, rejected, '{"last_name": "Byronsdaughter", "phone_2": "2135550177"}')
    correct(db, rejected, '{"mak": "0000000001"}')

    for table in ("pipeline_dlq", "pipeline_events", "uploads", "upload_rows"):
        text = db.value(f"select coalesce(string_agg(to_jsonb(t)::text, ''), '') from {table} as t")
        for secret in ("Adalovelace", "Byronsdaughter", "5550177", "5550100"):
            assert secret not in text, table
