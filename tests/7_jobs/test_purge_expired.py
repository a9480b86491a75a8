import pytest


def test_a_service_purges_and_a_broker_does_not(db):
    with db.acting_as("pipeline_writer"):
        rows = db.rows("select what, rows from purge_expired()")
    assert {row.rows for row in rows} == {0}

    with db.acting_as("pipeline_broker"), db.refused("42501"):
        db.execute("select * from purge_expired()")


FILE = "Address,Zip,First Name\n12 Main St,90012,Ada\n14 Main St,90012,Bob\n"

# of each kind two, made now, and the days they are kept
KINDS = {
    "unfinished uploads": (2, lambda db: [db.execute("select begin_upload('vendor')") for _ in range(2)]),
    "upload_rows": (180, lambda db: db.ingest(FILE)),
    "upload_changes": (
        180,
        lambda db: [
            db.ingest(FILE),
            db.ingest(FILE.replace("Ada", "Eva").replace("Bob", "Rob")),
            db.execute("delete from upload_rows"),
        ],
    ),
    "pipeline_dlq": (
        90,
        lambda db: [
            db.execute("select add_dead_letter('enrich', '{}', 'failed', null) from generate_series(1, 2)"),
            db.execute("update pipeline_dlq set state = 'redriven'"),
        ],
    ),
    "pipeline_events": (800, lambda db: [db.execute("select log_event('enriched')") for _ in range(2)]),
    "job_runs": (
        400,
        lambda db: db.execute(
            "insert into job_runs (job, day, status, started_at)"
            " values ('feed_campaign', '2020-01-01', 'done', now()), ('feed_campaign', '2020-01-02', 'failed', now())"
        ),
    ),
    "pii_reveals": (1100, lambda db: [db.value("select reveal_lead(%s, 'call')", lead) for lead in db.leads(2)]),
}


def purge(db):
    return {row.what: row.rows for row in db.rows("select * from purge_expired(%s)", db.clock.now) if row.rows}


@pytest.fixture
def aged(db, clock):
    """``aged(days)``: now is so many days after all that was done."""
    clock.now = db.value("select now()")
    return lambda days: clock.move(days=days)


def test_nothing_goes_before_its_time(db, aged):
    db.ingest(FILE)
    aged(1)

    assert purge(db) == {}


def test_lines_go_first_and_then_what_they_changed_so_that_a_revert_is_refused(db, aged, clock):
    db.ingest(FILE)
    receipt = db.ingest("Address,Zip,First Name\n12 Main St,90012,Eva\n")
    aged(181)

    assert purge(db) == {"upload_rows": 3}
    with db.refused("PF043"):
        db.execute("select revert_upload(%s, %s)", (receipt.upload_id, clock.now))
    assert purge(db) == {"upload_changes": 1}
    assert purge(db) == {}
    assert db.value("select count(*) from leads") == 2


def test_a_call_is_bounded(db, aged):
    db.ingest(FILE)
    db.execute("update settings set value = '1' where key = 'purge_batch'")
    aged(181)

    assert purge(db) == {"upload_rows": 1}
    assert purge(db) == {"upload_rows": 1}
    assert purge(db) == {}


def test_the_same_content_is_still_known(db, aged):
    first = db.ingest(FILE)
    aged(10000)
    purge(db)

    assert db.ingest(FILE).upload_id == first.upload_id


def test_closed_letters_go_and_open_ones_stay(db, aged):
    closed, waiting = (db.value("select send_to_dlq('enrich', '{}', 'no answer')") for _ in range(2))
    db.execute("select discard_dlq(%s, 'sent again')", (closed,))
    aged(91)

    assert purge(db) == {"pipeline_dlq": 1}
    assert db.rows("select id from pipeline_dlq") == [(waiting,)]


def test_events_go_and_those_that_prove_something_stay(db, aged, clock):
    (lead,) = db.leads(1)
    db.execute("select opt_out('phone', %s, 'asked', 'test')", (db.contact(lead),))
    db.execute("select forget_lead(%s, 'request')", (lead,))
    db.execute("select log_event('enriched')")
    aged(801)

    purge(db)

    stages = {row.stage for row in db.rows("select stage from pipeline_events")}
    assert stages == {"consent", "suppression", "erased"}
    assert db.rows("select * from broken_consents()") == []


def test_the_ledger_of_jobs_and_the_record_of_reveals_go(db, aged):
    (lead,) = db.leads(1)
    db.execute("select reveal_lead(%s, 'call back')", (lead,))
    db.execute("call run_due_jobs(null, clock_timestamp())")
    db.execute(
        "insert into job_runs (job, day, status, started_at) values ('feed_campaign', '2020-01-01', 'done', now())"
        " on conflict do nothing"
    )
    aged(401)
    assert purge(db)["job_runs"] >= 1

    aged(1101)
    assert purge(db)["pii_reveals"] == 1


def test_a_file_that_was_never_finished_is_discarded(db, aged):
    upload = db.value("select begin_upload('vendor')")
    db.execute(
        'insert into leads_staging (upload_id, line_number, raw) values (%s, 2, \'{"first_name": "Ada"}\')', (upload,)
    )
    aged(3)

    assert purge(db) == {"unfinished uploads": 1}
    assert db.value("select count(*) from leads_staging") == 0
    assert db.value("select outcome from uploads") == "discarded"


def test_what_is_kept_forever_stays(db, aged):
    db.ingest(FILE)
    db.execute("update settings set value = 'forever' where key like 'keep\\_%%'")
    aged(10000)

    assert purge(db) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_goes_a_batch_a_call_once_its_time_is_over(db, aged, clock, kind):
    kept_days, make = KINDS[kind]
    db.execute("set local timezone = 'UTC'")
    db.execute("update settings set value = '1' where key = 'purge_batch'")
    make(db)

    aged(kept_days)
    assert kind not in purge(db)

    clock.move(seconds=1)
    assert [purge(db).get(kind) for _ in range(3)] == [1, 1, None]


def test_a_job_that_runs_stays_in_the_ledger(db, aged):
    db.execute(
        "insert into job_runs (job, day, status, started_at) values ('feed_campaign', '2020-01-01', 'running', now())"
    )
    aged(10000)

    assert purge(db) == {}


@pytest.mark.parametrize("content", [b"MAK,First Name\n0000000001,Ada\n", b"MAK"])
def test_a_file_that_is_being_copied_in_is_neither_waited_for_nor_discarded(clone, connect, clock, content):
    clone.execute("select begin_upload('vendor')")
    clock.now = clone.value("select now()")
    clock.move(days=3)
    other = connect()
    other.execute("set lock_timeout = '2s'")

    with clone.transaction():
        clone.execute("insert into upload_file values (encode(%s, 'base64'))", (content,))
        assert purge(other) == {}

    assert purge(other) == {"unfinished uploads": 1}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "unfinished uploads"])
def test_what_another_session_has_locked_is_left_and_not_waited_for(clone, connect, clock, kind):
    KINDS[kind][1](clone)
    clock.now = clone.value("select clock_timestamp()")
    clock.move(days=10000)
    other = connect()
    other.execute("set lock_timeout = '2s'")

    with clone.transaction():
        clone.execute(f"select from {kind} for update")
        assert kind not in purge(other)

    assert purge(other)[kind] >= 1
