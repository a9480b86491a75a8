MAIN = {"address": "12 Main St", "zip": "90012"}
M1, M2 = {"mak": "0000000001"}, {"mak": "0000000002"}
PARCEL, OTHER_PARCEL = {"fips": "06037", "apn": "111"}, {"fips": "06037", "apn": "222"}


def why(db, receipt, line=2):
    return db.value(
        "select explain_conflict(r) from upload_rows as r where r.upload_id = %s and r.line_number = %s",
        receipt.upload_id, line,
    )  # fmt: skip


def test_two_owners_are_said_to_be_two(db, merge):
    merge(M1, MAIN)

    assert why(db, merge({**M1, **MAIN})) == "its keys belong to different leads"


def test_a_new_mak_beside_the_parcel_of_a_lead_with_another_one(db, merge):
    merge({**M1, **PARCEL})
    lead = db.value("select id from leads")

    assert why(db, merge({**M2, **PARCEL})) == (
        f"its MAK is new and would make a lead, but its FIPS and APN is lead {lead}'s, which has MAK 0000000001"
    )


def test_a_new_parcel_beside_the_address_of_a_lead_with_another_one(db, merge):
    merge({**PARCEL, **MAIN})
    lead = db.value("select id from leads")

    assert why(db, merge({**OTHER_PARCEL, **MAIN})) == (
        f"its FIPS and APN is new and would make a lead, but its address is lead {lead}'s,"
        " which has FIPS and APN 06037/111"
    )


def test_a_key_that_another_line_claims_is_not_said_to_make_a_lead(db, merge):
    merge(M1, M2, MAIN)
    receipt = merge({**M1, **PARCEL, **MAIN}, {**M2, **PARCEL})

    assert why(db, receipt, 3) == "its keys point at different leads, made or still to be made"


def test_without_its_letter_nobody_knows_more(db, merge):
    merge(M1, MAIN)
    receipt = merge({**M1, **MAIN})
    db.execute("delete from pipeline_dlq")

    assert why(db, receipt) == "its keys point at different leads, made or still to be made"
