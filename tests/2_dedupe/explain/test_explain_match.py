import psycopg
import pytest

M1, M2, M3 = "0000000001", "0000000002", "0000000003"
MAIN = {"address": "12 Main St", "zip": "90012"}
OAK = {"address": "99 Oak St", "zip": "90012"}
PARCEL = {"fips": "06037", "apn": "111"}
OTHER_PARCEL = {"fips": "06037", "apn": "222"}


def explain(db, receipt, line):
    """The steps by kind of key."""
    steps = db.rows("select * from explain_match(%s, %s)", receipt.upload_id, line)
    assert [step.key_kind for step in steps] == ["mak", "fips_apn", "address", "line"]
    return {step.key_kind: step for step in steps}


def decisions(db, receipt, line):
    return {kind: step.decision for kind, step in explain(db, receipt, line).items()}


def the_lead(db, mak=M1):
    return db.value("select id from leads where mak = %s", mak)


def test_a_line_that_made_a_lead_gave_it_its_keys(db, merge):
    receipt = merge({"mak": M1, **PARCEL})

    steps = explain(db, receipt, 2)

    assert decisions(db, receipt, 2) == {
        "mak": "key gained", "fips_apn": "key gained", "address": "no key", "line": "new",
    }  # fmt: skip
    assert (steps["mak"].key_value, steps["fips_apn"].key_value) == (M1, "06037/111")
    assert steps["line"].lead_id == steps["mak"].lead_id == the_lead(db)
    assert "makes a lead" in steps["mak"].rule


def test_a_line_that_met_a_lead_says_by_which_key_and_what_the_lead_gained(db, merge):
    merge({"mak": M1, **PARCEL})

    receipt = merge({"mak": M1, **OTHER_PARCEL, **MAIN})

    steps = explain(db, receipt, 2)
    assert decisions(db, receipt, 2) == {
        "mak": "met", "fips_apn": "not taken", "address": "key gained", "line": "merged",
    }  # fmt: skip
    assert "06037/111" in steps["fips_apn"].rule
    assert "before the file" in steps["mak"].rule


def test_a_strong_key_that_nobody_had_is_gained_by_the_lead_that_a_weaker_one_names(db, merge):
    merge(MAIN)

    receipt = merge({"mak": M1, **MAIN})

    steps = explain(db, receipt, 2)
    assert (steps["mak"].decision, steps["address"].decision) == ("key gained", "met")
    assert "a weaker key names a lead" in steps["mak"].rule


def test_a_duplicate_names_the_line_before_it(db, merge):
    receipt = merge({"mak": M1, **MAIN}, {"mak": M1, **OAK}, MAIN)

    first, second, third = (explain(db, receipt, line) for line in (2, 3, 4))
    assert first["line"].decision == "new"
    assert second["line"].decision == third["line"].decision == "duplicate"
    assert "line 2 of the file made or met" in second["line"].rule
    assert second["mak"].rule == third["address"].rule == "line 2 of the file brought it to the lead"
    assert second["address"].decision == "not taken"


def test_a_key_that_a_later_line_claims_for_a_lead_is_explained_by_that_line(db, merge):
    merge({"mak": M1})

    receipt = merge(PARCEL, {"mak": M1, **PARCEL})

    step = explain(db, receipt, 2)["fips_apn"]
    assert (step.decision, step.lead_id) == ("key gained", the_lead(db))
    assert "line 3 of the file claims it" in step.rule


def test_a_strongest_key_that_is_claimed_for_a_lead_that_has_another_is_explained_by_the_claim(db, merge):
    merge({"mak": M1, **PARCEL})

    receipt = merge(OTHER_PARCEL, {"mak": M1, **OTHER_PARCEL})

    step = explain(db, receipt, 2)["fips_apn"]
    assert (step.decision, step.lead_id) == ("not taken", the_lead(db))
    assert "line 3 of the file claims this one" in step.rule


def test_a_quarantined_line_shows_the_leads_that_its_keys_met_then(db, merge):
    merge({"mak": M1}, MAIN)
    first, second = the_lead(db), db.value("select id from leads where mak is null")

    receipt = merge({"mak": M1, **PARCEL, **MAIN})
    db.execute("delete from leads")

    steps = explain(db, receipt, 2)
    assert (steps["mak"].lead_id, steps["address"].lead_id) == (first, second)
    assert (steps["mak"].decision, steps["line"].decision) == ("met", "quarantined")
    assert (steps["fips_apn"].lead_id, steps["fips_apn"].decision) == (None, "claimed")
    assert steps["line"].rule.startswith("its keys belong to different leads: it touched nobody; ")


def test_a_rejected_line_has_the_reason(db, merge):
    receipt = merge({"first name": "Ada"})

    steps = explain(db, receipt, 2)
    assert decisions(db, receipt, 2) == {
        "mak": "no key", "fips_apn": "no key", "address": "no key", "line": "rejected",
    }  # fmt: skip
    assert "no key" in steps["line"].rule


def test_a_purged_dead_letter_is_not_made_up(db, merge):
    merge({"mak": M1}, MAIN)
    receipt = merge({"mak": M1, **MAIN}, {"first name": "Ada"})
    db.execute("delete from pipeline_dlq")

    assert decisions(db, receipt, 2)["mak"] == "unknown"
    assert "gone" in explain(db, receipt, 3)["line"].rule


def test_later_files_do_not_change_the_answer(db, merge):
    merge(MAIN)
    receipts = [merge(MAIN), merge({**MAIN, **PARCEL})]
    before = [db.rows("select * from explain_match(%s, 2)", receipt.upload_id) for receipt in receipts]

    merge({"mak": M1, **MAIN, **OTHER_PARCEL}, {"mak": M2, **OAK})

    after = [db.rows("select * from explain_match(%s, 2)", receipt.upload_id) for receipt in receipts]
    assert after == before


def test_a_lead_that_is_gone_since_is_said_to_be(db, merge):
    receipt = merge({"mak": M1})
    db.execute("delete from leads")

    steps = explain(db, receipt, 2)
    assert steps["line"].decision == "new"
    assert "the lead is gone since" in steps["line"].rule


def test_services_may_ask_and_nobody_else(db, merge):
    receipt = merge({"mak": M1})

    with db.acting_as("pipeline_writer"):
        assert len(db.rows("select * from explain_match(%s, 2)", receipt.upload_id)) == 4
    for role in ("pipeline_broker", "pipeline_reader"):
        with db.acting_as(role), db.refused("42501"):
            db.execute("select explain_match(%s, 2)", (receipt.upload_id,))


@pytest.mark.parametrize("line", [0, 1, 3, None])
def test_a_line_where_no_record_begins_is_an_error(db, merge, line):
    receipt = merge({"mak": M1})

    with db.refused("PF044"):
        db.execute("select explain_match(%s, %s)", (receipt.upload_id, line))


def test_the_hint_for_a_line_that_there_is_not_asks_for_this_upload_s(db, merge):
    receipt = merge({"mak": M1})

    with pytest.raises(psycopg.Error) as caught, db.transaction():
        explain(db, receipt, 9)

    hint = caught.value.diag.message_hint
    assert db.rows(hint[hint.index("select") :]) == [(2,)]
