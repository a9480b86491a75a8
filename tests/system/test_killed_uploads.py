"""An upload that is killed on its way leaves all of itself or nothing, wherever it was, and can be sent again."""

from __future__ import annotations

import io
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from leadgen import rows, write
from psycopg.rows import namedtuple_row

from pgfunnel import install
from pgfunnel.server import EmbeddedServer

TABLES = (
    "uploads", "ingest_replay_guard", "leads_staging", "upload_rows", "leads", "lead_contacts", "pipeline_dlq",
    "pipeline_events",
)  # fmt: skip
CALL = "select * from ingest_csv('test', %s)"
ROWS = 100_000 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 4000


def file_of(count: int, seed: int, known: int = 0) -> bytes:
    """A file of which a fifth meets known leads, and some lines have no key or cross two leads."""
    text = io.StringIO(newline="")
    write(text, "batch", rows(count, seed, "batch", known=known, start=known, dup=0.05, hit=0.2 if known else 0))
    return (text.getvalue() + "a line of one field\r\n" * 10).encode()


def state(db: Any) -> dict[str, Any]:
    """Of each table the number of its rows and a sum over all that they hold."""
    rows_of = "select count(*), sum(hashtextextended(t::text, 0)) from {0} as t"
    return {table: db.execute(rows_of.format(table)).fetchone() for table in TABLES}


def sizes(db: Any) -> dict[str, int]:
    return {t: db.value("select pg_relation_size(%s::regclass)", t) for t in TABLES}


def grown(table: str, share: float) -> str:
    """This share of what the whole upload adds to the table is written."""
    return f"pg_relation_size('{table}') >= %({table}_before)s + {share} * %({table}_growth)s"


def begun(table: str) -> str:
    """The step that writes the table runs, and has written nothing."""
    return (
        f"exists (select from pg_locks where pid = %(pid)s and relation = '{table}'::regclass and granted"
        f" and mode = 'RowExclusiveLock') and pg_relation_size('{table}') <= %({table}_before)s"
    )


def waits_for(table: str) -> str:
    return f"exists (select from pg_locks where pid = %(pid)s and relation = '{table}'::regclass and not granted)"


WAITS = "cardinality(pg_blocking_pids(%(pid)s)) > 0"

# step, what another connection holds so that the upload stops there, and how it is seen from outside
POINTS = [
    ("guarded, and no upload yet", "lock table uploads in share mode", waits_for("uploads")),
    ("parsing", None, begun("leads_staging")),
    ("a third is staged", None, grown("leads_staging", 0.33)),
    ("nearly all is staged", None, grown("leads_staging", 0.95)),
    ("waiting for another merge", "select hold_lock('merge')", WAITS),
    ("finding the owners of keys", None, begun("upload_rows")),
    ("locking the leads that it meets", "select from leads where mak is not null for update", WAITS),
    ("half of the leads are written", None, grown("leads", 0.5)),
    ("half of the contacts are written", None, grown("lead_contacts", 0.5)),
    ("about to write its dead letters", "lock table pipeline_dlq in share mode", waits_for("pipeline_dlq")),
]


def test_killed_at_ten_points_it_leaves_nothing_and_the_next_try_gets_further(clone, connect):
    for table in TABLES:  # so that a table that grows tells how far the upload is
        clone.execute(f"alter table {table} set (autovacuum_enabled = off)")
    clone.ingest(file_of(500, seed=1))
    body, before, empty = file_of(ROWS, seed=2, known=500), state(clone), sizes(clone)
    with clone.undone():
        expected = clone.one(CALL, body)
        after = sizes(clone)
    growth = {f"{t}_growth": after[t] - empty[t] for t in TABLES}
    assert expected.rows_merged > 0 < expected.rows_quarantined, "every step has something to do"

    with ThreadPoolExecutor(1) as background:
        for step, held, seen in POINTS:
            victim, holder = connect(), connect()
            known = {"pid": victim.info.backend_pid, **growth, **{f"{t}_before": n for t, n in sizes(clone).items()}}
            with holder.transaction():
                if held:
                    holder.execute(held)
                working = background.submit(victim.execute, CALL, [body])
                # seen and killed by one statement, so that it is there when it dies
                while not clone.execute(f"select pg_terminate_backend(%(pid)s) where {seen}", known).fetchall():
                    assert not working.done(), f"it ended before: {step}"
                with pytest.raises(psycopg.OperationalError):
                    working.result()
            assert state(clone) == before, step

    receipt = clone.one(CALL, body)
    assert receipt[:3] == expected[:3] and receipt[4:] == expected[4:]
    assert clone.one(CALL, body) == receipt
    assert clone.value("select count(*) from upload_rows where upload_id = %s", receipt.upload_id) == receipt.rows_read
    assert clone.value("select count(*) from leads") == before["leads"].count + receipt.rows_new


def test_a_backend_that_is_killed_outright_takes_nothing_acknowledged_with_it():
    """The whole server starts anew then, so it is one of its own."""
    small, large = file_of(200, seed=1), file_of(3000, seed=2, known=200)
    size = "select pg_relation_size('leads')"
    with EmbeddedServer() as server, ThreadPoolExecutor(1) as background:
        install.apply(server.url, "funnel")
        observer, victim = connected(server.url), connected(server.url)
        receipt = observer.execute(CALL, [small]).fetchone()
        before, first = state(observer), observer.execute(size).fetchone()[0]

        working = background.submit(victim.execute, CALL, [large])
        while observer.execute(size).fetchone()[0] < first + 200_000:
            assert not working.done(), "it ended before it was killed"
        os.kill(victim.info.backend_pid, signal.SIGKILL)
        with pytest.raises(psycopg.OperationalError):
            working.result()
        with pytest.raises(psycopg.OperationalError):  # the server ends the others, too, before it starts anew
            while True:
                observer.execute("select")
        victim.close()
        observer.close()

        with connected(server.url) as again:
            assert state(again) == before
            assert again.execute(CALL, [small]).fetchone() == receipt
            assert again.execute(CALL, [large]).fetchone().status == 200


def connected(url: str) -> psycopg.Connection:
    """A connection, as soon as the server takes one."""
    while True:
        try:
            options = "-c search_path=funnel,public"
            return psycopg.connect(url, autocommit=True, row_factory=namedtuple_row, options=options)
        except psycopg.OperationalError:
            continue
