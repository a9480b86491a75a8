def test_what_is_personal_rests_sealed(db):
    db.execute("select keep_unknown('reply', '{\"event\": \"e\"}', '{\"from\": \"+12025550123\"}', 'unknown')")

    letter = db.one("select * from pipeline_dlq")
    assert (letter.source, letter.payload, letter.state) == ("reply", {"event": "e"}, "waiting")
    assert b"555" not in letter.sealed
    assert (
        db.value("select unseal('pipeline_dlq.sealed/' || id, sealed) from pipeline_dlq") == b'{"from": "+12025550123"}'
    )
