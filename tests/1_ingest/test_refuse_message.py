def test_the_answer_and_the_event_may_say_different_things(db, clock):
    answer = db.one("select * from refuse_message('vendor', 401, 'unauthorized', 'No.', 'untimely', %s)", clock.now)

    assert (answer.status, answer.outcome, answer.message) == (401, "unauthorized", "No.")
    assert (answer.upload_id, answer.rows_read) == (None, 0)
    event = db.one("select * from pipeline_events")
    assert (event.stage, event.source, event.http_status, event.occurred_at) == ("refused", "vendor", 401, clock.now)
    assert event.detail == {"outcome": "untimely"}


def test_without_a_reason_of_its_own_the_event_has_the_outcome(db, clock):
    db.execute("select refuse_message(null, 400, 'bad_headers', 'No.', null, %s)", (clock.now,))

    assert db.value("select detail from pipeline_events") == {"outcome": "bad_headers"}


def test_of_a_source_that_a_stranger_made_up_100_characters_are_kept(db, clock):
    db.execute("select refuse_message(%s, 401, 'unauthorized', 'No.', null, %s)", ("é" * 200, clock.now))

    assert db.value("select source from pipeline_events") == "é" * 100
