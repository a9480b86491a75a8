def test_the_first_later_upload_that_is_not_reverted_is_named(db, merge):
    first, second, third = merge({"mak": "0000000001"}), merge({"mak": "0000000001"}), merge({"mak": "0000000001"})
    look = "select reason from met_later(%s)"

    assert db.rows(look, first.upload_id) == [(f"upload {second.upload_id}",)]
    db.execute("select revert_upload(%s)", (second.upload_id,))
    assert db.rows(look, first.upload_id) == [(f"upload {third.upload_id}",)]
    assert db.rows(look, third.upload_id) == []
