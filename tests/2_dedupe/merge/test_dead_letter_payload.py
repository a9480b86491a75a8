import json

ROW = {"mak": "m1", "county_fips": "06037", "apn": "a1", "addr_hash": "h1"}


def facts(db, **row):
    return db.value("select dead_letter_payload(jsonb_populate_record(null::leads_staging, %s))", json.dumps(row))


def test_of_a_quarantined_row_the_owners_of_its_keys_are_named(db):
    by_mak = db.value("insert into leads (mak) values ('m1') returning id")
    by_parcel = db.value("insert into leads (county_fips, apn) values ('06037', 'a1') returning id")

    assert facts(db, outcome="quarantined", **ROW) == {
        "outcome": "quarantined", **ROW, "met": {"mak": str(by_mak), "fips_apn": str(by_parcel)},
    }  # fmt: skip


def test_of_a_rejected_row_only_its_keys(db):
    db.execute("insert into leads (mak) values ('m1')")

    assert facts(db, outcome="rejected", mak="m1") == {"outcome": "rejected", "mak": "m1"}
