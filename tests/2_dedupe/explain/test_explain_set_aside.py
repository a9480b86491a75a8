MAIN = {"address": "12 Main St", "zip": "90012"}
M1, M2 = {"mak": "0000000001"}, {"mak": "0000000002"}
PARCEL = {"fips": "06037", "apn": "111"}


def steps(db, receipt, line):
    rows = db.rows(
        "select s.* from upload_rows as r cross join explain_set_aside(r) as s"
        " where r.upload_id = %s and r.line_number = %s",
        receipt.upload_id, line,
    )  # fmt: skip
    return {row.key_kind: row for row in rows}


def test_a_key_without_an_owner_names_the_line_that_claims_it(db, merge):
    merge(M1, M2, MAIN)
    receipt = merge({**M1, **PARCEL, **MAIN}, {**M2, **PARCEL, **MAIN})

    step = steps(db, receipt, 3)["fips_apn"]

    assert (step.decision, step.lead_id) == ("claimed", None)
    assert "line 2 is the first that claims it" in step.rule


def test_a_strongest_key_that_nobody_has_met_nobody(db, merge):
    merge({**MAIN, **M1}, PARCEL)
    receipt = merge({**M2, **MAIN, **PARCEL})

    found = steps(db, receipt, 2)

    assert {kind: step.decision for kind, step in found.items()} == {
        "mak": "met nobody", "fips_apn": "met", "address": "met",
    }  # fmt: skip


def test_the_keys_of_a_rejected_line_are_not_looked_up(db, stage):
    upload = stage(M1)
    db.execute("update leads_staging set outcome = 'rejected', reason = 'too long'")
    receipt = db.one("select * from merge_staged(%s)", upload)

    assert steps(db, receipt, 2)["mak"].decision == "not looked up"
