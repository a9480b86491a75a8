def test_a_reverted_upload_is_said_to_be(db, merge):
    receipt = merge({"mak": "0000000001"})
    db.execute("select revert_upload(%s)", (receipt.upload_id,))

    step = db.one(
        "select s.* from upload_rows as r cross join explain_outcome(r) as s where r.upload_id = %s", receipt.upload_id
    )

    assert (step.key_kind, step.key_value, step.decision) == ("line", "2", "new")
    assert step.rule.endswith("; the lead is gone since; the upload was reverted since")
