"""What a hash of an address costs, against md5 of the same text: python bench/address_hash.py

Uses the server at DATABASE_URL, in a schema of its own that it removes, else an embedded one. Prints microseconds a
call for each pattern of address; none may cost more than 150, and no pattern stands out.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from pathlib import Path

import psycopg
from common import installed
from psycopg import sql

GENERATOR = Path(__file__).resolve().parent.parent / "tests" / "data" / "address_pairs.py"
SCHEMA = "bench_address_hash"
PARTS = "street, unit, city, state, zip"
CEILING = 150


def fill(connection: psycopg.Connection, rows: int) -> None:
    """A temporary table of addresses of every pattern."""
    connection.execute(sql.SQL("set search_path = {}, public").format(sql.Identifier(SCHEMA)))
    connection.execute(
        "create temp table addresses (pattern text, street text, unit text, city text, state text, zip text)"
    )
    pairs = subprocess.run(
        [sys.executable, GENERATOR, "--n", str(rows // 2)], capture_output=True, text=True, check=True
    ).stdout

    with connection.cursor().copy("copy addresses from stdin") as copy:
        for pair in csv.DictReader(pairs.splitlines()):
            for side in "ab":
                copy.write_row((pair["kind"], *(pair[f"{side}_{part}"] for part in PARTS.split(", "))))
    connection.execute("analyze addresses")


def microseconds(connection: psycopg.Connection, call: str, pattern: str = "%") -> float:
    """The best of three runs over the rows of a pattern, per call, without the cost of reading them."""
    best = []
    for expression in (call, "street"):
        query = f"select count({expression}), count(*) from addresses where pattern like %s"
        runs = []
        for _ in range(3):
            started = time.perf_counter()
            row = connection.execute(query, (pattern,)).fetchone()
            runs.append((time.perf_counter() - started) / max(row[1], 1) * 1e6 if row else 0)
        best.append(min(runs))

    return best[0] - best[1]


def main() -> None:
    with installed(SCHEMA) as connection:
        fill(connection, 20_000)
        version = connection.execute("show server_version").fetchone()
        patterns = [r[0] for r in connection.execute("select distinct pattern from addresses order by 1")]

        md5 = microseconds(connection, "md5(concat_ws('|', street, unit, city, state, zip))")
        whole = microseconds(connection, f"address_hash({PARTS})")
        each = {p: microseconds(connection, f"address_hash({PARTS})", p) for p in patterns}

        print(f"PostgreSQL {version[0] if version else '?'}, 20,000 addresses in one session")
        print(f"md5           {md5:8.1f} µs a call")
        print(f"address_hash  {whole:8.1f} µs a call, {whole / md5:.0f} × md5, at most {CEILING}")
        for pattern, cost in each.items():
            print(f"  {pattern:<12}{cost:8.1f} µs")

    if max(whole, *each.values()) > CEILING:
        raise SystemExit(f"above {CEILING} µs")


if __name__ == "__main__":
    main()
