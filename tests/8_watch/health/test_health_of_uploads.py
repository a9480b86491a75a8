def test_uploads_refused_within_the_window_are_counted_by_outcome(db, event, clock):
    for outcome in ("untimely", "bad_signature", "bad_signature"):
        event("refused", detail=f'{{"outcome": "{outcome}"}}')

    row = db.one("select * from health_of_uploads(%s)", clock.now)
    assert row.status == "warn"
    assert row.detail == "3 uploads refused in 24 h: 2 bad_signature, 1 untimely"


def test_older_ones_and_those_still_to_come_are_not(db, event, clock):
    event("refused", detail='{"outcome": "untimely"}')

    assert db.one("select * from health_of_uploads(%s)", clock.move(hours=24)).status == "ok"
    assert db.one("select * from health_of_uploads(%s)", clock.move(hours=-25)).status == "ok"


def test_the_window_is_a_setting(db, event, clock):
    event("refused", detail='{"outcome": "untimely"}')
    db.execute("update settings set value = '3 days' where key = 'health_window'")

    assert db.one("select * from health_of_uploads(%s)", clock.move(days=2)).status == "warn"


def test_what_the_path_itself_refuses_is_counted(db):
    db.execute("select receive_upload('x', '{}')")

    assert "1 bad_headers" in db.one("select * from health_of_uploads(clock_timestamp())").detail
