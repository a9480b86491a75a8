"""What a merge costs, against the floor: inserting as many rows into the same indexes.

    python bench/merge.py [--rows 100000] [--leads 1000000 5000000] [--runs 2]

Fills ``leads`` to each size given and, at each, measures four things, each rolled back and followed by a vacuum; the
best of the runs counts:

floor     insert … select of as many rows as the file has, of the same width, into leads: all indexes, no triggers
merge     merge_staged of the staged file without its contacts, where functions that do nothing seal and open
contacts  the same with its contacts, whose values are not hashed
signed    receive_upload of the file: signature, guard, parse, stage, merge, sealed, contacts, events

The file is Melissa's; a fifth of its rows meet leads that are there. Uses the server at DATABASE_URL, in a schema of
its own that it removes, else an embedded one. Fails if merge is above 3 × the floor, signed above 8 ×, or a merge into
the next size above 1.2 × the one before.
"""

from __future__ import annotations

import argparse
import base64
import hmac
import itertools
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
from common import installed
from psycopg import sql

GENERATOR = Path(__file__).resolve().parent.parent / "tests" / "data" / "leadgen.py"
SCHEMA = "bench_merge"
SECRET = b"a secret for the benchmark alone"
MERGE_AT_MOST, SIGNED_AT_MOST, GROWTH_AT_MOST = 3, 8, 1.2

FILL = """
    insert into leads (id, mak, county_fips, apn, addr_hash, street, city, state, zip, pii, source)
    select gen_random_uuid(), '9' || lpad(n::text, 9, '0'), '99' || lpad(mod(n, 1000)::text, 3, '0'), 'F' || n,
           'v1:' || encode(sha256(int8send(n)), 'hex'), n || ' Main St', 'Los Angeles', 'CA', '90012',
           (select decode(repeat('5a', w.width), 'hex') from pii_width as w), 'bench'
      from generate_series(%s::bigint, %s::bigint) as n
"""

# what seals, opens and hashes, as functions that cost next to nothing
UNSEALED = """
    create or replace function seal(p_key bytea, p_version int, p_context text, p_plaintext bytea) returns bytea
    language sql volatile as 'select p_plaintext';
    create or replace function unseal(p_key bytea, p_context text, p_sealed bytea) returns bytea
    language sql stable as $$ select '{}'::bytea $$;
    create or replace function blind_index(p_key bytea, p_channel text, p_value text) returns bytea
    language sql immutable as 'select convert_to(p_value, ''UTF8'')';
"""


def vendor_file(rows: int, known: int, start: int, hit: float) -> bytes:
    """A file as Melissa ships it."""
    options = {"rows": rows, "format": "melissa", "known": known, "start": start, "hit-existing": hit}
    arguments = [f"--{name}={value}" for name, value in options.items()]
    return subprocess.run([sys.executable, GENERATOR, *arguments], capture_output=True, check=True).stdout


def prepare(connection: psycopg.Connection, rows: int) -> bytes:
    """Signing secret, the leads that the file will meet, the width of a document. Returns the file."""
    connection.execute(sql.SQL("set search_path = {}, public").format(sql.Identifier(SCHEMA)))
    connection.execute("select set_signing_secret('bench', %s)", ("whsec_" + base64.b64encode(SECRET).decode(),))

    known = max(rows // 5, 1)
    connection.execute("select ingest_csv('bench', %s)", (vendor_file(known, known=0, start=0, hit=0),))
    connection.execute("create table pii_width as select avg(octet_length(pii))::int as width from leads")
    return vendor_file(rows, known=known, start=10 * known, hit=0.2)


def best_of(connection: psycopg.Connection, runs: int, act: Callable[[], float]) -> float:
    """The shortest of some runs, each undone."""
    seconds = []
    for _ in range(runs):
        with connection.transaction(force_rollback=True):
            seconds.append(act())
        connection.execute("vacuum leads, lead_contacts, leads_staging, upload_rows")
    return min(seconds)


def timed(connection: psycopg.Connection, query: str, *args: object) -> tuple[float, tuple]:
    started = time.perf_counter()
    cursor = connection.execute(query, args)
    seconds = time.perf_counter() - started
    return seconds, (cursor.fetchone() or ()) if cursor.description else ()


def floor(connection: psycopg.Connection, rows: int) -> float:
    connection.execute("alter table leads disable trigger user")
    connection.execute("create temp table floor_rows (like leads including defaults) on commit drop")
    connection.execute(FILL.replace("into leads", "into floor_rows"), (900_000_000, 900_000_000 + rows - 1))
    return timed(connection, "insert into leads select * from floor_rows")[0]


def merge(connection: psycopg.Connection, text: str, contacts: bool) -> float:
    upload = connection.execute("insert into uploads (source, received_at) values ('bench', now()) returning id")
    (upload_id,) = upload.fetchone() or ()
    connection.execute("select stage_csv(%s, 'bench', %s)", (upload_id, text))
    connection.execute(UNSEALED)
    if not contacts:
        connection.execute("update leads_staging set contacts = '[]'")
        connection.execute("analyze leads_staging")
    return timed(connection, "select merge_staged(%s)", upload_id)[0]


def signed(connection: psycopg.Connection, body: bytes) -> float:
    now = str(int(time.time()))
    signature = hmac.digest(SECRET, f"bench.{now}.".encode() + body, "sha256")
    headers = {
        "x-pgfunnel-source": "bench",
        "webhook-id": "bench",
        "webhook-timestamp": now,
        "webhook-signature": "v1," + base64.b64encode(signature).decode(),
    }
    query = "select status, message from receive_upload(%s, %s)"
    seconds, (status, message) = timed(connection, query, body, json.dumps(headers))
    if status != 200:
        raise SystemExit(f"the file was answered with {status}: {message}")
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the file")
    parser.add_argument("--leads", type=int, nargs="+", default=[1_000_000, 5_000_000], help="leads to merge into")
    parser.add_argument("--runs", type=int, default=2, help="the best of so many counts")
    arguments = parser.parse_args()
    sizes, too_slow, merges, filled = sorted(arguments.leads), [], [], 0

    with installed(SCHEMA) as connection:
        body = prepare(connection, arguments.rows)
        text = body.decode()
        print(f"PostgreSQL {connection.info.parameter_status('server_version')}, a file of {arguments.rows:,} rows")

        for size in sizes:
            connection.execute(FILL, (filled + 1, size))
            filled = size
            connection.execute("vacuum analyze leads, lead_contacts")

            base = best_of(connection, arguments.runs, lambda: floor(connection, arguments.rows))
            merges.append(best_of(connection, arguments.runs, lambda: merge(connection, text, contacts=False)))
            full = best_of(connection, arguments.runs, lambda: merge(connection, text, contacts=True))
            whole = best_of(connection, arguments.runs, lambda: signed(connection, body))

            print(f"into {size:,} leads")
            print(f"  floor   {base:8.2f} s", flush=True)
            for name, seconds, most in (
                ("merge", merges[-1], MERGE_AT_MOST),
                ("contacts", full, None),
                ("signed", whole, SIGNED_AT_MOST),
            ):
                limit = f", at most {most}" if most else ""
                print(f"  {name:<8}{seconds:8.2f} s  {seconds / base:5.2f} × the floor{limit}", flush=True)
                if most and seconds > most * base:
                    too_slow.append(f"{name} into {size:,} leads")

        for (small, before), (large, after) in itertools.pairwise(zip(sizes, merges, strict=True)):
            print(f"merge into {large:,} is {after / before:.2f} × that into {small:,}, at most {GROWTH_AT_MOST}")
            if after > GROWTH_AT_MOST * before:
                too_slow.append(f"growth from {small:,} to {large:,} leads")

    if too_slow:
        raise SystemExit("above the limit: " + ", ".join(too_slow))


if __name__ == "__main__":
    main()
