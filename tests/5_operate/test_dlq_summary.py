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


@pytest.mark.parametrize("state", ["claimed", "redriven", "discarded"])
def test_only_what_waits_is_shown(db, bury, state):
    bury("upload", "no key", state)

    assert db.rows("select * from dlq_summary") == []
