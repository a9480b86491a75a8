import uuid


def note(db, lead, reason="voicemail", call="call-1"):
    return db.value("select note_call(%s, %s, %s, null, %s)", lead, call, reason, db.clock.now)


def test_an_unknown_lead_leaves_no_event(db, clock):
    assert note(db, uuid.uuid4()) is None
    assert not db.rows("select from pipeline_events where stage = 'called'")


def test_calls_without_an_id_count_each(db, clock):
    (lead,) = db.leads(1, status="active")

    assert [note(db, lead, call=None) for _ in range(2)] == ["tried", "tried"]
    assert db.one("select call_attempt_count, vapi_call_id from leads") == (2, None)


def test_a_lead_that_was_never_fed_may_be_called_too(db, clock):
    (lead,) = db.leads(1)

    assert note(db, lead, "customer-ended-call") == "reached"
    assert db.one("select call_attempt_count, campaign_status from leads") == (1, "new")


def test_an_absurdly_long_call_id_is_noted_and_counts_once(db, clock):
    (lead,) = db.leads(1, status="active")
    long_id = "".join(f"{n:x}" for n in range(10_000))

    assert [note(db, lead, call=long_id) for _ in range(2)] == ["tried", "repeated"]
    assert db.value("select vapi_call_id from leads") == long_id[:200]
