import pytest

ADDRESS = {"address": "12 Main St", "zip": "90012"}
PARCEL = {"fips": "06037", "apn": "1"}


def keys(db, upload):
    return db.one("select * from staged_keys(%s)", upload)


def lead(db):
    return db.value("select id from leads")


def test_the_owner_of_each_key_is_found(db, stage, merge):
    merge({"mak": "0000000001", "fips": "06037", "apn": "12-34", **ADDRESS})

    found = keys(db, stage({"mak": "0000000001", "fips": "6037", "apn": "1234", **ADDRESS}))

    assert found.mak_lead == found.apn_lead == found.addr_lead == lead(db)
    assert (found.mak_candidate, found.apn_candidate) == (None, None)


def test_a_lead_that_lacks_the_stronger_key_would_gain_it(db, stage, merge):
    merge(ADDRESS)

    found = keys(db, stage({"mak": "0000000001", "fips": "06037", "apn": "1234", **ADDRESS}))

    assert found.mak_candidate == found.apn_candidate == lead(db)


def test_a_contradiction_between_forbids_it(db, stage, merge):
    merge({"fips": "06037", "apn": "1234", **ADDRESS})

    found = keys(db, stage({"mak": "0000000001", "fips": "06037", "apn": "9999", **ADDRESS}))

    assert found.mak_candidate is None


def test_leads_are_found_by_their_indexes_whatever_the_statistics_say(clone):
    """The table grows a thousandfold after a plan was made for an empty one, and is never analyzed."""
    query = "explain (analyze, costs off, timing off, summary off) " + clone.value(
        "select prosrc from pg_proc where proname = 'staged_keys'"
    ).replace("p_upload_id", "gen_random_uuid()").rstrip(" ;\n")
    clone.execute(
        "insert into leads (mak, addr_hash) select lpad(n::text, 10, '0'), 'v1:' || n from generate_series(1, 20000) n"
    )

    plan = "\n".join(row[0] for row in clone.rows(query))

    assert "Seq Scan on leads " not in plan
    for index in ("leads_mak_key", "leads_county_fips_apn_key", "leads_addr_hash_key"):
        assert index in plan


def test_what_is_set_aside_or_placed_already_is_none_of_them(db, stage):
    upload = stage({"mak": "0000000001"}, {"mak": "0000000002"}, {"mak": "0000000003"})
    db.execute("update leads_staging set outcome = 'rejected' where mak = '0000000001'")
    db.execute("insert into upload_rows (upload_id, line_number, outcome) values (%s, 3, 'new')", (upload,))

    assert keys(db, upload).mak == "0000000003"


@pytest.mark.parametrize(
    ("known", "asked", "mak_candidate", "apn_candidate"),
    [
        (PARCEL, {"mak": "0000000001", **PARCEL}, True, False),
        ({"mak": "0000000002", **PARCEL}, {"mak": "0000000001", **PARCEL}, False, False),
        ({**PARCEL, **ADDRESS}, {"mak": "0000000001", **ADDRESS}, True, False),
        ({"mak": "0000000002", **ADDRESS}, {"mak": "0000000001", **ADDRESS}, False, False),
        ({**PARCEL, **ADDRESS}, {"fips": "06037", "apn": "2", **ADDRESS}, False, False),
        (ADDRESS, ADDRESS, False, False),
    ],
)  # fmt: skip
def test_a_lead_gains_a_key_only_of_a_kind_that_it_has_not(
    db, stage, merge, known, asked, mak_candidate, apn_candidate
):
    merge(known)

    found = keys(db, stage(asked))

    assert (found.mak_candidate, found.apn_candidate) == (
        lead(db) if mak_candidate else None,
        lead(db) if apn_candidate else None,
    )
