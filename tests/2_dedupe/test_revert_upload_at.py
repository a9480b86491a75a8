def test_the_event_and_the_leads_have_the_given_time(db, clock, merge):
    merge({"mak": "0000000001", "last name": "Old", "city": "Reno"})
    receipt = merge({"mak": "0000000001", "last name": "New", "city": "Fresno"})

    db.execute("select revert_upload_at(%s, %s)", (receipt.upload_id, clock.now))

    event = db.one("select * from pipeline_events where stage = 'reverted'")
    assert (event.occurred_at, event.upload_id, event.source) == (clock.now, receipt.upload_id, "test")
    assert event.detail == {"removed": 0, "restored": 1, "kept": 0}
    assert db.value("select updated_at from leads") == clock.now
