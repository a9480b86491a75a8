def test_a_reader_sees_every_check(db):
    with db.acting_as("pipeline_reader"):
        rows = db.rows("select * from pipeline_health()")

    assert {row.status for row in rows} <= {"ok", "warn", "fail"}
    assert rows == db.rows("select * from pipeline_health(now())")


CHECKS = [
    "key_provider", "sealing", "old_data_keys", "logged_parameters", "search_path", "advisory_locks", "constraints",
    "indexes", "leads_columns", "signing_secrets", "signing_schemes", "refused_uploads", "unfinished_uploads",
    "dead_letters", "unknown_codes", "code_map", "verification_tries", "consent_chain", "contactable_leads", "feed",
    "stuck_deliveries", "paused_channels", "unknown_call_reasons", "suppressed_deliveries", "jobs_missed",
    "jobs_failed",
]  # fmt: skip


def test_a_new_installation_fails_nowhere(db, clock):
    rows = db.rows("select * from pipeline_health(%s)", clock.now)

    assert [row.check_name for row in rows] == CHECKS
    assert {row.check_name for row in rows if row.status != "ok"} == {"key_provider", "contactable_leads"}


def test_each_check_that_is_not_ok_says_what_to_do_and_the_others_are_silent(db, clock, event):
    event("refused", detail='{"outcome": "untimely"}')
    db.execute("delete from data_keys")
    db.execute("delete from campaigns")

    for row in db.rows("select * from pipeline_health(%s)", clock.now):
        assert row.detail
        assert (row.hint is None) == (row.status == "ok"), row


def test_without_keys_all_other_checks_still_answer(db, clock):
    db.execute("delete from data_keys")
    db.execute("delete from local_keys")
    db.execute("delete from settings where key = 'key_provider'")

    rows = {row.check_name: row.status for row in db.rows("select * from pipeline_health(%s)", clock.now)}
    assert list(rows) == CHECKS
    assert rows["sealing"] == "fail"
