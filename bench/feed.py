"""What feeding 250 leads costs, against writing as much by hand: python bench/feed.py

The floor updates the same 250 leads by primary key, and inserts their deliveries and events, with no trigger and no
question asked. Uses the server at DATABASE_URL, in a schema of its own that it removes, else an embedded one. All leads
are queued and contactable, with a phone and an e-mail address. Each turn is undone; the best of each counts. The feed
may cost 3 times the floor, and with five times the leads 1.2 times of that; the first size also shows what it costs to
refresh the contactable leads concurrently, against a plain refresh: 3 times at most. Above a limit it ends with 1.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import psycopg
from common import installed
from psycopg import sql

SCHEMA = "bench_feed"
CAP = 250
AIM, GROWTH, REFRESH = 3, 1.2, 3
MONDAY = "timestamptz '2026-03-09 06:00 America/Los_Angeles'"


def fill(connection: psycopg.Connection, rows: int) -> None:
    """Queued leads up to so many; scores spread evenly, and nothing sealed, since a feed opens nothing."""
    connection.execute(
        """
        with made as (
          insert into leads (consent, consented_at, phone_verified, email_verified, lead_score, campaign_status,
                             campaign_id, created_at, state, zip, addr_hash)
          select true, now(), true, true, (hashint4(n) & 1023) %% 101, 'queued', c.id, now() - n * interval '1 s',
                 'CA', '90012', 'v1:' || md5(n::text)
            from generate_series((select count(*)::int from leads) + 1, %s) as g (n)
           cross join campaigns as c
          returning id
        )
        insert into lead_contacts (lead_id, channel, position, value_hash, verified)
        select m.id, k.channel, 1, sha256(convert_to(m.id || k.channel, 'UTF8')), true
          from made as m
         cross join unnest(array['phone', 'email']) as k (channel)
        """,
        (rows,),
    )
    connection.execute("vacuum (analyze)")


def feed(connection: psycopg.Connection) -> float:
    """Milliseconds of one call of the feeder."""
    started = time.perf_counter()
    row = connection.execute(f"select (f).status, (f).fed from feed_campaign('default', {MONDAY}) as f").fetchone()
    taken = time.perf_counter() - started
    assert row == ("fed", CAP), row
    return taken * 1000


def floor(connection: psycopg.Connection) -> float:
    """Milliseconds of the same rows written, the leads known beforehand."""
    query = """
        select array_agg(id)
          from (
            select id
              from leads
             where campaign_status = 'queued'
               and campaign_id = (select id from campaigns)
             order by lead_score desc nulls last, created_at, id
             limit %s
          ) as t
    """
    (ids,) = connection.execute(query, (CAP,)).fetchone() or ((),)
    connection.execute("alter table leads disable trigger user")
    started = time.perf_counter()
    connection.execute(
        f"update leads set campaign_status = 'active', campaign_status_at = {MONDAY}, added_to_campaign_at = {MONDAY},"
        f" updated_at = {MONDAY} where id = any(%s)",
        (ids,),
    )
    connection.execute(
        f"insert into deliveries (lead_id, campaign_id, channel, not_before, created_at) select i, c.id, k, {MONDAY},"
        f" {MONDAY} from unnest(%s::uuid[]) as i, unnest(array['phone', 'email']) as k, campaigns as c",
        (ids,),
    )
    connection.execute(
        f"insert into pipeline_events (occurred_at, stage, lead_id, detail) select {MONDAY}, 'fed', i,"
        """ '{"from": "queued", "to": "active", "why": "feed_campaign"}' from unnest(%s::uuid[]) as i""",
        (ids,),
    )
    return (time.perf_counter() - started) * 1000


def refresh(connection: psycopg.Connection) -> tuple[float, float]:
    """Milliseconds of a refresh as the job does it, and of a plain one, the first fill aside."""
    steps = {"call refresh_contactable_leads()": [], "refresh materialized view mv_contactable_leads": []}
    connection.execute("call refresh_contactable_leads()")
    for _ in range(3):
        for step, taken in steps.items():
            started = time.perf_counter()
            connection.execute(step)
            taken.append((time.perf_counter() - started) * 1000)
    concurrently, plain = (min(taken) for taken in steps.values())
    return concurrently, plain


def best(connection: psycopg.Connection, times: int, steps: list[Callable[[psycopg.Connection], float]]) -> list[float]:
    """The best of several turns of each step, each undone."""
    found = [float("inf")] * len(steps)
    for _ in range(times + 1):  # the first compiles, and fills the cache
        for number, step in enumerate(steps):
            with connection.transaction(force_rollback=True):
                found[number] = min(found[number], step(connection))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--leads", type=int, nargs="+", default=[1_000_000, 5_000_000], help="sizes to measure, ascending"
    )
    parser.add_argument("--times", type=int, default=9, help="how often each is measured")
    options = parser.parse_args()

    with installed(SCHEMA) as connection:
        connection.execute(sql.SQL("set search_path = {}, public").format(sql.Identifier(SCHEMA)))
        connection.execute("update campaigns set daily_cap = %s", (CAP,))
        version = connection.execute("show server_version").fetchone()
        print(f"PostgreSQL {version[0] if version else '?'}, {CAP} leads fed with {2 * CAP} deliveries")

        ratios: list[float] = []
        above = []
        for size in sorted(options.leads):
            fill(connection, size)
            fed, written = best(connection, options.times, [feed, floor])
            ratios.append(fed / written)
            growth = ratios[-1] / ratios[0]
            told = f", {growth:.2f} × of the first, at most {GROWTH}" if len(ratios) > 1 else ""
            print(
                f"of {size:>10,} leads: feed {fed:6.1f} ms, floor {written:6.1f} ms: {ratios[-1]:.1f} ×,"
                f" at most {AIM}{told}",
                flush=True,
            )
            above += [f"feed {ratios[-1]:.1f} × of the floor"] * (ratios[-1] > AIM)
            above += [f"feed of {size:,} leads {growth:.2f} × of the first"] * (growth > GROWTH)

            if len(ratios) == 1:
                concurrently, plain = refresh(connection)
                print(
                    f"refresh of {size:,} rows: concurrently {concurrently:,.0f} ms, plain {plain:,.0f} ms:"
                    f" {concurrently / plain:.1f} ×, at most {REFRESH}",
                    flush=True,
                )
                above += [f"refresh {concurrently / plain:.1f} × of a plain one"] * (concurrently / plain > REFRESH)

    if above:
        raise SystemExit("above the limit: " + "; ".join(above))


if __name__ == "__main__":
    main()
