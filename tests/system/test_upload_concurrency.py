"""Forty connections send at once: twenty the same file, twenty files that share many leads."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from typing import Any

import psycopg
import pytest
from merge_oracle import OUTCOMES, Leads
from psycopg.types.json import Jsonb
from senders import secret_of, signed_headers

SAME, OTHERS = 20, 20
KEY = bytes(range(32))
FIPS = "06037"
CALL = "select * from receive_upload(%s, %s)"
WAITING = """
    select count(*) from pg_stat_activity
     where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0
"""


def random_keys(seed: int, count: int, of: int) -> list[dict[str, Any]]:
    """Rows of keys from a pool of so many properties: most agree with their property, a tenth cross two of them."""
    draw, rows = random.Random(seed), []
    for line in range(2, count + 2):
        number, other = draw.randint(1, of), draw.randint(1, of)
        address = other if draw.random() < 0.1 else number
        row = {"mak": f"{number:010d}", "apn": f"9{number}", "addr": f"{address} Main St"}
        kept = draw.sample(sorted(row), draw.choice((0, 1, 2, 2, 3, 3))) if draw.random() < 0.98 else []
        rows.append({"line": line, **{kind: row[kind] if kind in kept else None for kind in row}})
    return rows


def as_csv(rows: list[dict[str, Any]]) -> bytes:
    lines = [
        f"{r['mak'] or ''},{FIPS if r['apn'] else ''},{r['apn'] or ''},{r['addr'] or ''},90012,{555_0000 + r['line']}"
        for r in rows
    ]
    return "\n".join(["mak,fips,apn,address,zip,note", *lines, ""]).encode()


def at_once(connect: Callable[..., Any], calls: list[tuple[Any, ...]], isolation: str = "read committed") -> list[Any]:
    """Each call on a connection and a thread of its own, started together. Returns for each its answers, in order:
    serialization failures, after which it tries again, and last a receipt or another error."""
    start = threading.Barrier(len(calls))
    connections = [connect("pipeline_writer") for _ in calls]

    def call(connection: Any, query: str, *args: Any) -> list[Any]:
        connection.execute(f"set default_transaction_isolation = '{isolation}'")
        answers: list[Any] = []
        start.wait()
        while not answers or isinstance(answers[-1], psycopg.errors.SerializationFailure):
            try:
                answers.append(connection.one(query, *args))
            except psycopg.Error as error:
                answers.append(error)
        connection.close()
        return answers

    with ThreadPoolExecutor(len(calls)) as pool:
        running = [pool.submit(call, c, *one) for c, one in zip(connections, calls, strict=True)]
        return [one.result() for one in running]


def merged_in_order(clone: Any) -> list[Any]:
    """The uploads in the order in which they were merged."""
    return [row[0] for row in clone.rows("select upload_id from pipeline_events where stage = 'dedupe' order by id")]


def assert_like_one_after_the_other(clone: Any, files: dict[Any, list[dict[str, Any]]], before: Leads) -> None:
    """Each upload's lines and all leads are what the rule gives for the files in the order of their merges."""
    for upload in merged_in_order(clone):
        expected = before.merge(files[upload])
        found = clone.rows("select line_number, outcome from upload_rows where upload_id = %s", upload)
        assert {row.line_number: row.outcome for row in found} == expected["outcomes"]
        counts = clone.one("select * from uploads where id = %s", upload)
        assert {name: getattr(counts, f"rows_{name}") for name in OUTCOMES} == {n: expected[n] for n in OUTCOMES}
        assert counts.rows_read == len(files[upload]) == sum(expected[name] for name in OUTCOMES)

    addresses = {lead["addr"] for lead in before.leads if lead["addr"]}
    hashes = dict(
        clone.rows("select a, address_hash(a, null, null, null, '90012') from unnest(%s::text[]) a", list(addresses))
    )
    assert sorted(tuple(k or "" for k in row) for row in clone.rows("select mak, apn, addr_hash from leads")) == sorted(
        (lead["mak"] or "", lead["apn"] or "", hashes.get(lead["addr"], "")) for lead in before.leads
    )


def assert_sound(clone: Any) -> None:
    """What holds whatever the order: a key has one owner; every line's lead has its MAK; else its strongest key, or
    another of that kind, which it keeps."""
    for keys in ("mak", "county_fips, apn", "addr_hash"):
        first = keys.split(", ")[-1]
        assert (
            clone.rows(f"select {keys} from leads where {first} is not null group by {keys} having count(*) > 1") == []
        )
    astray = clone.rows(
        """
        select r.upload_id, r.line_number
          from upload_rows as r
          left join leads as l on l.id = r.lead_id
         where case
           when r.outcome in ('rejected', 'quarantined') then r.lead_id is not null
           when r.mak is not null then l.mak is distinct from r.mak
           when r.apn is not null then l.apn is null
           else l.addr_hash is null
         end
        """
    )
    assert astray == []
    assert clone.rows("select from leads_staging") == []
    assert clone.value("select deadlocks from pg_stat_database where datname = current_database()") == 0


def wait_for(observer: Any, query: str, wanted: int) -> None:
    while observer.value(query) < wanted:
        pass


@contextmanager
def waiting_for_one_another(clone: Any, connect: Callable[..., Any], calls: int) -> Iterator[None]:
    """The block starts the calls in the background; none merges before all of them wait."""
    with connect() as holder, holder.transaction():
        holder.execute("select hold_lock('merge')")
        yield
        wait_for(clone, WAITING, calls)


def signed(body: bytes, message_id: str) -> tuple[Any, ...]:
    return CALL, body, Jsonb(signed_headers("vendor", KEY, body, message_id, int(time.time())))


@pytest.mark.parametrize("held", [True, False], ids=["all wait for one another", "as it comes"])
def test_forty_at_once_give_one_receipt_each_and_the_leads_of_some_order(clone, connect, held):
    clone.execute("select set_signing_secret('vendor', %s)", (secret_of(KEY),))
    lines = [random_keys(seed, 120, of=150) for seed in range(2 + OTHERS)]
    earlier, first = Leads(), clone.ingest(as_csv(lines[0]))
    bodies = [as_csv(lines[1])] * SAME + [as_csv(rows) for rows in lines[2:]]
    # half of those that send the same file send the same message, the others each their own
    calls = [signed(body, f"msg_{max(n, SAME // 2)}") for n, body in enumerate(bodies)]

    with ThreadPoolExecutor(1) as runner:
        with waiting_for_one_another(clone, connect, len(calls)) if held else nullcontext():
            running = runner.submit(at_once, connect, calls)
        receipts = [answers[-1] for answers in running.result()]

    assert [r for r in receipts if isinstance(r, psycopg.Error) or r.status != 200] == []
    assert len(set(receipts[:SAME])) == 1
    assert len({r.upload_id for r in receipts}) == 1 + OTHERS == clone.value("select count(*) from uploads") - 1
    files = dict(zip([first.upload_id, *(r.upload_id for r in receipts[SAME - 1 :])], lines, strict=True))
    assert_like_one_after_the_other(clone, files, earlier)
    assert_sound(clone)
    assert clone.value("select count(*) from pipeline_events where stage = 'replayed'") == SAME - 1


@pytest.mark.parametrize("known", [60, 0], ids=["meeting leads", "making the same leads"])
@pytest.mark.parametrize("isolation", ["repeatable read", "serializable"])
def test_who_loses_under_a_stricter_isolation_is_told_to_try_again_and_then_succeeds(clone, connect, isolation, known):
    lines = [random_keys(seed, 60 if seed else known, of=80) for seed in range(8)]
    earlier, first = Leads(), clone.ingest(as_csv(lines[0]))
    calls = [("select * from ingest_csv('test', %s)", as_csv(rows)) for rows in lines[1:]]

    with ThreadPoolExecutor(1) as runner:
        with waiting_for_one_another(clone, connect, len(calls)):
            running = runner.submit(at_once, connect, calls, isolation)
        answers = running.result()

    receipts = [a[-1] for a in answers]
    assert [r for r in receipts if isinstance(r, psycopg.Error) or r.status != 200] == []
    assert sum(len(a) - 1 for a in answers) > 0, "nobody lost"
    files = dict(zip([first.upload_id, *(r.upload_id for r in receipts)], lines, strict=True))
    assert_like_one_after_the_other(clone, files, earlier)
    assert_sound(clone)


@pytest.mark.parametrize("isolation", ["repeatable read", "serializable"])
def test_the_same_file_at_once_under_a_stricter_isolation_is_merged_once(clone, connect, isolation):
    lines = random_keys(1, 60, of=80)
    calls = [("select * from ingest_csv('test', %s)", as_csv(lines))] * 8

    with ThreadPoolExecutor(1) as runner:
        with waiting_for_one_another(clone, connect, len(calls)):
            running = runner.submit(at_once, connect, calls, isolation)
        receipts = {answers[-1] for answers in running.result()}

    (receipt,) = receipts
    assert_like_one_after_the_other(clone, {receipt.upload_id: lines}, Leads())
    assert_sound(clone)
