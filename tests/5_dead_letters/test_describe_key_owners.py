import json


def owners(db, **row):
    return db.value("select describe_key_owners(jsonb_populate_record(null::leads_staging, %s))", json.dumps(row))


def test_each_key_that_the_row_has_is_told_strongest_first(db):
    lead = db.value("insert into leads (county_fips, apn) values ('06037', 'a1') returning id")

    assert owners(db, mak="m1", county_fips="06037", apn="a1") == (
        f"its MAK is nobody's yet, its FIPS and APN is lead {lead}'s"
    )


def test_a_row_without_a_key_has_nothing_to_tell(db):
    assert owners(db) is None
