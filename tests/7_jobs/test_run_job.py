import psycopg
import pytest


def run(db, job="feed_campaign", subject="default"):
    return db.value("select run_job(%s, %s, '2026-03-09', %s)", job, subject, db.clock.now)


def test_a_run_is_in_the_ledger_and_an_event(db, clock):
    db.leads(3, status="queued")

    assert run(db) == "done"

    ledger = db.one("select * from job_runs")
    assert (ledger.status, ledger.rows, ledger.error_code) == ("done", 3, None)
    event = db.one("select * from pipeline_events where stage = 'job'")
    assert event.detail == {"job": "feed_campaign", "subject": "default", "day": "2026-03-09", "status": "done"}


def test_its_event_says_how_long_it_took_whatever_time_it_is_run_for(db, clock):
    db.execute(
        "create or replace function do_job(p_job text, p_subject text, p_now timestamptz) returns bigint language sql"
        " as 'select 0::bigint from pg_sleep(0.02)'"
    )

    run(db)

    assert 20 <= db.value("select duration_ms from pipeline_events where stage = 'job'") < 60_000


def test_a_failure_is_recorded_with_its_code_and_its_work_undone(db, clock):
    db.leads(3, status="queued")
    db.execute("alter table deliveries add constraint broken check (false) not valid")

    assert run(db) == "failed"

    assert db.value("select error_code from job_runs") == "23514"
    assert db.value("select count(*) from leads where campaign_status = 'active'") == 0


def test_a_serialization_failure_goes_on_to_the_caller(clone, connect, clock):
    clone.leads(3, status="queued")
    old, other = connect(), connect()
    old.execute("set default_transaction_isolation = 'repeatable read'")

    with pytest.raises(psycopg.errors.SerializationFailure), old.transaction():
        old.execute("select count(*) from leads")
        other.feed()
        run(old)


def test_what_is_done_already_is_not_done_again(db, clock):
    db.leads(3, status="queued")
    assert run(db) == "done"
    db.leads(3, status="queued")

    assert run(db) == "done"

    assert db.one("select rows, attempts from job_runs") == (3, 1)
    assert db.value("select count(*) from pipeline_events where stage = 'job'") == 1


def test_who_finds_another_at_the_same_job_leaves_it_to_him(clone, connect, clock):
    other = connect()
    other.execute("set lock_timeout = '1s'")

    with clone.transaction():
        assert run(clone) == "done"
        assert run(other) == "running"

    assert clone.value("select attempts from job_runs") == 1


def test_an_error_that_names_a_contact_is_kept_without_it(db, clock):
    db.leads(1, status="queued")
    db.execute(
        "create function fail() returns trigger language plpgsql"
        " as $$ begin raise 'no call to +12135550100 or ada@example.com'; end $$;"
        " create trigger fail after update on leads for each row execute function fail()"
    )

    assert run(db) == "failed"

    assert db.value("select error_message from job_runs") == "no call to … or …"
