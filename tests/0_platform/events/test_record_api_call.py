def test_a_call_is_an_event_of_stage_api(db):
    with db.acting_as("pipeline_writer"):
        db.execute("select record_api_call(' Melissa ', 429, 120, '{\"batch\": 7}')")

    event = db.one("select * from pipeline_events where stage = 'api'")
    assert (event.service, event.http_status, event.duration_ms, event.detail) == ("melissa", 429, 120, {"batch": 7})


def test_a_call_that_was_not_answered_has_no_status(db):
    db.execute("select record_api_call('melissa', null, 30000)")

    assert db.one("select http_status, detail from pipeline_events where stage = 'api'") == (None, {})


def test_a_call_of_nobody_is_refused(db):
    with db.refused("PF111"):
        db.execute("select record_api_call(' ', 200, 1)")
