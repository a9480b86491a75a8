def test_what_is_personal_rests_sealed(db, letter):
    id = db.value(
        "select add_dead_letter('reply', '{\"event\": \"e\"}', 'unknown', 'look', '{\"from\": \"+12135550123\"}')"
    )

    kept = letter(id)
    assert (kept.source, kept.payload, kept.reason, kept.hint) == ("reply", {"event": "e"}, "unknown", "look")
    assert (kept.state, kept.attempts, kept.retry_after) == ("waiting", 0, None)
    assert b"5550123" not in kept.sealed
    assert db.value("select dead_letter_content(q) from pipeline_dlq as q where id = %s", id) == {
        "from": "+12135550123"
    }


def test_without_anything_personal_nothing_is_sealed(db, letter):
    assert letter(db.value("select add_dead_letter('job', '{}', 'failed', null)")).sealed is None
