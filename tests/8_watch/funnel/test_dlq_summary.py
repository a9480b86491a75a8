import pytest


@pytest.fixture
def bury(db):
    def write(source, reason, state="waiting", at="2026-03-09"):
        db.execute(
            "insert into pipeline_dlq (source, payload, reason, hint, state, created_at)"
            " values (%s, '{}', %s, 'mend it', %s, %s)",
            (source, reason, state, at),
        )

    return write


def test_dead_letters_are_gathered_by_source_and_reason(db, bury):
    bury("upload", "no key", at="2026-03-09")
    bury("upload", "no key", at="2026-03-07")
    bury("delivery", "the vendor answered 500")

    with db.acting_as("pipeline_reader"):
        rows = db.rows("select source, reason, waiting, oldest_at::date::text, hint from dlq_summary order by source")
    assert rows == [
        ("delivery", "the vendor answered 500", 1, "2026-03-09", "mend it"),
        ("upload", "no key", 2, "2026-03-07", "mend it"),
    ]


def test_what_somebody_works_on_is_counted_apart_until_its_lease_runs_out(db, bury):
    bury("upload", "no key")
    bury("upload", "no key")
    db.execute("select claim_dlq(1, p_source => 'upload')")

    assert db.one("select waiting, claimed, exhausted from dlq_summary") == (1, 1, 0)
    db.execute("update pipeline_dlq set lease_until = now() where state = 'claimed'")
    assert db.one("select waiting, claimed, exhausted from dlq_summary") == (2, 0, 0)


def test_what_is_claimed_no_more_is_counted(db, bury):
    bury("upload", "no key")
    bury("upload", "no key")
    db.execute("update pipeline_dlq set attempts = 8 where id = (select min(id) from pipeline_dlq)")

    assert db.one("select waiting, claimed, exhausted from dlq_summary") == (2, 0, 1)


@pytest.mark.parametrize("state", ["redriven", "discarded"])
def test_what_is_decided_is_not_shown(db, bury, state):
    bury("upload", "no key", state)

    assert db.rows("select * from dlq_summary") == []
