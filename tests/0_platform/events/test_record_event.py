def test_an_event_keeps_what_it_was_told(db, clock):
    assert db.value(
        "select record_event(%s, 'api', '{\"a\": 1}', p_service => 'vendor', p_http_status => 429,"
        " p_duration_ms => 12)",
        clock.now,
    )

    event = db.one("select * from pipeline_events order by id desc limit 1")
    assert (event.stage, event.service, event.http_status, event.duration_ms) == ("api", "vendor", 429, 12)
    assert (event.occurred_at, event.detail) == (clock.now, {"a": 1})


def test_an_idempotency_key_counts_once(db, clock):
    query = "select record_event(%s, 'replied', p_idempotency_key => 'reply/1')"

    assert db.value(query, clock.now) is True
    assert db.value(query, clock.now) is False
    assert db.value("select count(*) from pipeline_events where idempotency_key = 'reply/1'") == 1


def test_events_without_a_key_are_all_kept(db, clock):
    before = db.value("select count(*) from pipeline_events")

    for _ in range(3):
        assert db.value("select record_event(%s, 'job')", clock.now)

    assert db.value("select count(*) from pipeline_events") == before + 3
