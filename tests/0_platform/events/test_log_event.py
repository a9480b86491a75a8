import hashlib
import re
from pathlib import Path
from uuid import uuid4

import pytest

SQL = Path(__file__).parents[3] / "sql"


def test_what_is_logged_is_an_event_of_this_moment(db):
    lead, upload = uuid4(), uuid4()
    with db.acting_as("pipeline_writer"):
        assert db.value(
            "select log_event(' enriched ', '{\"fields\": 3}', %s, %s, 'n8n', 'clearbit', 200, 85, 12, 'run-1')",
            lead,
            upload,
        )

    moment = "occurred_at between now() and clock_timestamp() as is_now"
    event = db.one(f"select *, {moment} from pipeline_events where stage = 'enriched'")
    assert event.is_now
    assert (event.lead_id, event.upload_id, event.source, event.service) == (lead, upload, "n8n", "clearbit")
    assert (event.http_status, event.duration_ms, event.rows, event.detail) == (200, 85, 12, {"fields": 3})


def test_a_key_counts_once(db):
    log = "select log_event('enriched', p_idempotency_key => 'run-1')"

    assert db.value(log) is True
    assert db.value(log) is False
    assert db.value("select count(*) from pipeline_events where stage = 'enriched'") == 1


def test_events_without_a_key_all_count(db):
    assert db.value("select log_event('enriched')") is True
    assert db.value("select log_event('enriched')") is True


def test_a_key_does_not_take_the_place_of_one_of_the_pipeline_s_own(db, clock):
    db.execute("select log_event('guess', p_idempotency_key => 'reply/sms-1')")

    assert db.value("select record_event(%s, 'reply', p_idempotency_key => 'reply/sms-1')", clock.now) is True


def test_an_event_without_a_stage_is_refused(db):
    for stage in (None, "", "  "):
        with db.refused("PF110"):
            db.execute("select log_event(%s)", (stage,))


def test_of_a_key_no_more_than_a_hash_is_kept(db):
    db.execute("select log_event('enriched', p_idempotency_key => 'ada@example.com')")

    key = "log/" + hashlib.sha256(b"ada@example.com").hexdigest()
    assert db.value("select idempotency_key from pipeline_events where stage = 'enriched'") == key


def written() -> set[str]:
    """The stages that functions write, as their files have them."""
    code = "\n".join(path.read_text() for path in SQL.rglob("*.sql") if path.stem not in ("log_event", "record_event"))
    stages = set(re.findall(r"(?:record_event|record_event_once)\(\s*(?:[^',]+,\s*)?'([a-z]+)'", code))
    assert {"api", "erased", "consent", "keys", "revealed", "reply", "booking"} <= stages
    return stages | {"fed", "resumed"}


@pytest.mark.parametrize("stage", sorted(written()))
def test_a_stage_that_a_function_writes_is_not_forged(db, stage):
    with db.acting_as("pipeline_writer"), db.refused("PF112"):
        db.execute("select log_event(%s)", (f" {stage} ",))


def test_nor_a_state_of_leads(db):
    states = db.rows("select unnest(enum_range(null::campaign_status))::text as state")

    for state in states:
        with db.refused("PF112"):
            db.execute("select log_event(%s)", state)
