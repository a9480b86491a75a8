from hypothesis import given
from hypothesis import strategies as st

PHONES = st.lists(st.integers(100, 130).map(lambda n: f"2135550{n}"), max_size=5)


def contacts(db):
    return db.rows("select * from lead_contacts where channel = 'phone' order by position")


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


def test_a_mark_is_added_and_never_taken_off(db, merge):
    lead = {"mak": "0000000001", "phone 1": "2135550100"}
    merge({**lead, "phone 1 dnc": "Y", "phone 1 type": "Mobile"})

    merge({**lead, "phone 1 dnc": "", "phone 1 type": "Landline"})

    (contact,) = db.rows("select * from lead_contacts")
    assert (contact.do_not_call, contact.line_type, contact.verified) == (True, "mobile", False)


@given(st.lists(PHONES, min_size=1, max_size=4))
def test_positions_are_those_of_the_sealed_document_however_files_arrive(db, files):
    with db.undone():
        for phones in files:
            rows = "\n".join(f"0000000001,{phone}" for phone in phones) or "0000000001,"
            db.ingest(f"mak,phone\n{rows}\n")

        document = db.value("select lead_pii(id) -> 'phones' from leads")
        hashes = [db.value("select blind_index('phone', %s)", phone) for phone in document]
        assert [c.position for c in contacts(db)] == list(range(1, len(document) + 1))
        assert [c.value_hash for c in contacts(db)] == hashes
        assert document == list(dict.fromkeys(f"+1{phone}" for phones in files for phone in phones))


def lead_row(db):
    return db.one("select l.xmin, l.* from leads as l")


def test_a_lead_that_gains_nothing_is_not_touched(db, merge):
    merge(FULL)
    before = lead_row(db)

    merge(FULL)

    assert lead_row(db) == before
    assert db.rows("select * from upload_changes") == []


def test_what_a_lead_was_is_kept(db, merge):
    merge(FULL)
    before = lead_row(db)

    merge({**FULL, "fips": "06037", "apn": "1", "lead score": "80", "last name": "New"})

    change = db.one("select * from upload_changes")
    assert change.lead_id == before.id
    assert change.before == {"county_fips": None, "apn": None, "lead_score": 70}
    assert change.after == {"county_fips": "06037", "apn": "1", "lead_score": 80}
    assert change.before_pii == before.pii


def test_a_document_that_stays_is_not_kept_twice(db, merge):
    merge(FULL)

    merge({**FULL, "lead score": "80"})

    assert db.one("select before, before_pii from upload_changes") == ({"lead_score": 70}, None)
