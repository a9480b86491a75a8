import json


def test_each_key_of_a_row_is_told_with_its_owner(db):
    lead = db.value("insert into leads (county_fips, apn) values ('06037', 'a1') returning id")
    row = json.dumps({"mak": "m1", "county_fips": "06037", "apn": "a1"})

    found = db.rows("select * from key_owners(jsonb_populate_record(null::leads_staging, %s)) order by strength", row)

    assert found == [
        (1, "mak", "MAK", ["mak"], "m1", None),
        (2, "fips_apn", "FIPS and APN", ["county_fips", "apn"], "06037/a1", lead),
        (3, "address", "address", ["addr_hash"], None, None),
    ]
