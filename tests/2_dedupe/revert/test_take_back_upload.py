def test_it_says_what_it_did_and_closes_the_upload(db, merge):
    merge({"mak": "0000000001"})
    receipt = merge({"mak": "0000000001", "last name": "New"}, {"mak": "0000000002"}, {"mak": "0000000003"})
    met = db.value("select id from leads where mak = '0000000001'")
    db.execute("update leads set status = 'called' where mak = '0000000003'")
    kept = db.value("select id from leads where mak = '0000000003'")

    assert db.one("select * from take_back_upload(%s, now())", receipt.upload_id) == (1, [met], [kept])

    upload = db.one("select status, outcome from uploads where id = %s", receipt.upload_id)
    assert upload == ("reverted", "reverted")
    event = db.one("select rows, detail from pipeline_events where stage = 'reverted'")
    assert event == (1, {"removed": 1, "restored": 1, "kept": 1})
