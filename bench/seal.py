"""What sealing a lead's document costs, against pgp_sym_encrypt with its defaults: python bench/seal.py

Uses the server at DATABASE_URL, in a schema of its own that it removes, else an embedded one. Prints microseconds a
value, sealed and opened, as the import does it (the key at hand), and one by one. With the key at hand, sealing may
cost at most 1/10.
"""

from __future__ import annotations

import time

import psycopg
from common import installed
from psycopg import sql

SCHEMA = "bench_seal"
ROWS = 2_000
CEILING = 1 / 10


def microseconds(connection: psycopg.Connection, expression: str, rows: int = ROWS) -> float:
    """The best of three runs, per value, without the cost of reading the rows."""
    best = []
    for measured in (expression, "document"):
        query = f"select count({measured}) from (select * from documents limit {rows}) as d, ring as k"
        runs = []
        for _ in range(3):
            started = time.perf_counter()
            connection.execute(query)
            runs.append((time.perf_counter() - started) / rows * 1e6)
        best.append(min(runs))
    return best[0] - best[1]


def main() -> None:
    with installed(SCHEMA) as connection:
        connection.execute(sql.SQL("set search_path = {}, public").format(sql.Identifier(SCHEMA)))
        connection.execute(
            f"""
            create temp table documents as
            select n as id, convert_to(jsonb_build_object(
                     'first_name', 'Ada', 'last_name', 'Lead', 'mailing_street', n || ' Main St',
                     'phones', jsonb_build_array('+12025550100', '+12025550101'),
                     'emails', jsonb_build_array(n || '@example.com'))::text, 'UTF8') as document
              from generate_series(1, {ROWS}) as n
            """
        )
        connection.execute("create temp table ring as select * from key_ring() where purpose = 'seal'")
        connection.execute(
            "create temp table sealed as select d.id, seal(k.key, k.version, 'leads.pii/' || d.id, document) as"
            " document from documents as d, ring as k"
        )
        version = connection.execute("show server_version").fetchone()

        pgp = microseconds(connection, "pgp_sym_encrypt_bytea(document, 'a passphrase of some length')", 100)
        sealing = microseconds(connection, "seal(k.key, k.version, 'leads.pii/' || d.id, document)")
        one_by_one = microseconds(connection, "seal('leads.pii/' || d.id, document)")
        connection.execute("alter table documents rename to plain")
        connection.execute("alter table sealed rename to documents")
        opening = microseconds(connection, "unseal(k.key, 'leads.pii/' || d.id, document)")

        print(f"PostgreSQL {version[0] if version else '?'}, documents of about 190 bytes in one session")
        print(f"pgp_sym_encrypt, its defaults  {pgp:9.1f} µs a value")
        print(f"seal, key at hand              {sealing:9.1f} µs, {sealing / pgp:.4f} of that, at most {CEILING}")
        print(f"seal, one by one               {one_by_one:9.1f} µs, {one_by_one / pgp:.4f} of that")
        print(f"unseal, key at hand            {opening:9.1f} µs")

    if sealing > pgp * CEILING:
        raise SystemExit(f"above {CEILING} of pgp_sym_encrypt")


if __name__ == "__main__":
    main()
