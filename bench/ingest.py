"""What taking in a CSV file costs, against COPY of the same file: python bench/ingest.py [--rows 100000]

The file is a vendor's, as tests/data/leadgen.py makes it. Uses the server at DATABASE_URL, in a schema of its own that
it removes, else an embedded one. The steps are measured in turn, the best time of each counts; what is printed is its
ratio to COPY into a table of text columns. From the bytes to parsed rows in a table the aim is 3.5.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
from common import installed
from psycopg import sql

GENERATOR = Path(__file__).resolve().parent.parent / "tests" / "data" / "leadgen.py"
SCHEMA = "bench_ingest"
AIM = 3.5


def vendor_file(rows: int) -> bytes:
    command = [sys.executable, GENERATOR, "--rows", str(rows), "--seed", "7", "--format", "melissa"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def prepare(connection: psycopg.Connection, body: bytes) -> None:
    """Tables for the file, and for what COPY and the parser make of it."""
    connection.execute(sql.SQL("set search_path = {}, public").format(sql.Identifier(SCHEMA)))
    columns = ", ".join(f"c{number} text" for number in range(body.split(b"\r\n", 1)[0].count(b",") + 1))
    connection.execute(f"create table copied ({columns})")
    connection.execute("create table parsed (line_number int, fields text[])")


def copy(connection: psycopg.Connection, body: bytes) -> None:
    with connection.cursor().copy("copy copied from stdin (format csv, header)") as sink:
        sink.write(body)


def parse(connection: psycopg.Connection, body: bytes) -> None:
    connection.execute("insert into parsed select p.* from parse_csv(decode_text(%b)) as p", (body,))


def stage(connection: psycopg.Connection, body: bytes) -> None:
    connection.execute(
        """
        with upload as (
          insert into uploads (source, received_at) values ('bench', now()) returning id
        )
        select stage_csv(u.id, 'bench', decode_text(%b)) from upload as u
        """,
        (body,),
    )


def ingest(connection: psycopg.Connection, body: bytes) -> None:
    status = connection.execute("select (ingest_csv('bench', %b)).status", (body,)).fetchone()
    assert status == (200,), status


def seconds(connection: psycopg.Connection, step: Callable[[], None]) -> float:
    """How long a step takes, whose work is undone."""
    with connection.transaction(force_rollback=True):
        started = time.perf_counter()
        step()
        return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=5, help="how often each step is measured")
    options = parser.parse_args()
    body = vendor_file(options.rows)

    with installed(SCHEMA) as connection:
        prepare(connection, body)
        steps = {
            "copy": lambda: copy(connection, body),
            "parse": lambda: parse(connection, body),
            "stage_csv": lambda: stage(connection, body),
            "ingest_csv": lambda: ingest(connection, body),
        }
        best = dict.fromkeys(steps, float("inf"))
        for turn in range(options.times):
            for name, step in steps.items():
                if turn == 0 or name in ("copy", "parse"):  # the long ones vary less
                    best[name] = min(best[name], seconds(connection, step))
        version = connection.execute("show server_version").fetchone()

    meaning = {
        "copy": "COPY into a table",
        "parse": f"decode and parse into a table, aim {AIM}",
        "stage_csv": "the same with keys, contacts and normalisers, into leads_staging",
        "ingest_csv": "all of it: staged, merged, sealed, contacts, events",
    }
    print(f"PostgreSQL {version[0] if version else '?'}, {options.rows:,} rows, {len(body) / 1e6:.1f} MB")
    for name, time_taken in best.items():
        print(f"{name:<12}{time_taken:8.2f} s {time_taken / best['copy']:7.1f} ×  {meaning[name]}")


if __name__ == "__main__":
    main()
