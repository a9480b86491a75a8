def test_placed_rows_leave_staging_and_the_others_stay(db, stage, merge):
    address = {"address": "12 Main St", "zip": "90012"}
    merge({"mak": "0000000001"}, address)
    upload = stage({"mak": "0000000001"}, {"mak": "0000000001", **address})
    db.execute("select place_rows(%s)", (upload,))

    db.execute("select unstage_placed(%s)", (upload,))

    assert [row.line_number for row in db.rows("select line_number from leads_staging")] == [3]
