def test_each_mark_of_the_upload_s_leads_is_listed_once(db, merge):
    receipt = merge({"mak": "0000000001", "phone 1": "2135550101", "phone 1 dnc": "Y"}, {"mak": "0000000002"})
    merge({"mak": "0000000003", "phone 1": "2135550101", "phone 1 dnc": "Y"})

    for _ in range(2):
        db.execute("select list_do_not_call(%s)", (receipt.upload_id,))

    assert db.rows("select what, reason from upload_remains") == [("phone 1", "a do-not-call mark is never taken back")]
