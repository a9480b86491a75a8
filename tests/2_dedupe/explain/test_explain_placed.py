def test_the_steps_are_in_the_order_of_strength_and_name_the_lead_only_where_there_is_a_key(db, merge):
    receipt = merge({"address": "12 Main St", "zip": "90012", "mak": "0000000001"})

    steps = db.rows(
        "select s.* from upload_rows as r cross join explain_placed(r) as s where r.upload_id = %s", receipt.upload_id
    )

    lead = db.value("select id from leads")
    assert [(s.key_kind, s.lead_id) for s in steps] == [("mak", lead), ("fips_apn", None), ("address", lead)]


def test_a_key_that_the_lead_has_lost_since_is_not_explained_away(db, merge):
    receipt = merge({"mak": "0000000001"})
    db.execute("update leads set mak = null")

    step = db.one(
        "select s.* from upload_rows as r cross join explain_placed(r) as s"
        " where r.upload_id = %s and s.key_kind = 'mak'",
        receipt.upload_id,
    )

    assert (step.decision, step.rule) == ("unknown", "the lead has no such key any more")


def test_a_lead_that_is_gone_is_said_to_be_gone(db, merge):
    merge({"mak": "0000000001"})
    receipt = merge({"mak": "0000000001"})
    db.execute("delete from leads")

    rule = db.value(
        "select s.rule from upload_rows as r cross join explain_placed(r) as s"
        " where r.upload_id = %s and s.key_kind = 'mak'",
        receipt.upload_id,
    )

    assert rule == "the lead is gone, and with it what it had"
