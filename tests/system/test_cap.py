"""The cap, while eight connections feed, move leads by hand, change the cap and are killed at it."""

from __future__ import annotations

import os
import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

OPERATIONS = 2000
SEEDS = range(5 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 1)
CONNECTIONS = 8
CAMPAIGNS = ("default", "second")
DAYS = ("2026-03-06", "2026-03-09", "2026-03-10")  # the clocks change between the first two
LAST_CAP = 70
ISOLATIONS = ("read committed", "repeatable read", "serializable")
# refused by the cap, serialization failure, deadlock: nothing of the transaction stays, and others go on
EXPECTED = {"PF082", "40001", "40P01"}

# told of every count: who counts holds the campaign, so what stands there is the cap in force
WITNESS = """
    create function witness() returns trigger language plpgsql set search_path from current as $$
    begin
      if new.fed > (select daily_cap from campaigns where id = new.campaign_id) then
        raise exception 'fed % of campaign % on %', new.fed, new.campaign_id, new.day;
      end if;
      return null;
    end
    $$;
    create trigger witness after insert or update of fed on campaign_days
    for each row execute function witness();
"""

LEDGER_AND_LEADS_DIFFER = """
    with fed as (
      select l.campaign_id, local_day(l.added_to_campaign_at, c.timezone) as day, count(*) as fed
        from leads as l
        join campaigns as c on c.id = l.campaign_id
       where l.added_to_campaign_at is not null
       group by 1, 2
    )
    select campaign_id, day, d.fed as counted, f.fed as found
      from campaign_days as d
      full join fed as f using (campaign_id, day)
     where coalesce(d.fed, 0) <> coalesce(f.fed, 0)
"""


def feed(db: Any, rng: random.Random, _: float) -> None:
    db.execute("select feed_campaign(%s, %s)", (rng.choice(CAMPAIGNS), moment(rng)))


def move_by_hand(db: Any, rng: random.Random, _: float) -> None:
    """One lead or a few, in an order of their own, so that two who do it may meet in a deadlock."""
    ids = db.rows("select id from leads where campaign_status = 'queued' order by random() limit %s", rng.randint(1, 4))
    at = moment(rng)
    for row in ids:
        db.execute(
            "update leads set campaign_status = 'active', campaign_status_at = %s"
            " where id = %s and campaign_status = 'queued'",
            (at, row.id),
        )


def pause_and_resume(db: Any, rng: random.Random, _: float) -> None:
    for old, new in (("active", "paused"), ("paused", "active")):
        db.execute(
            "update leads set campaign_status = %s"
            " where id = (select id from leads where campaign_status = %s order by random() limit 1)",
            (new, old),
        )


def change_cap(db: Any, rng: random.Random, progress: float) -> None:
    """Up and down, and higher towards the end, so that there is always something to feed."""
    cap = rng.randint(0, 5 + int((LAST_CAP - 10) * progress))
    db.execute("update campaigns set daily_cap = %s where name = %s", (cap, rng.choice(CAMPAIGNS)))


def look(db: Any, rng: random.Random, _: float) -> None:
    assert db.rows(LEDGER_AND_LEADS_DIFFER) == []


def kill(db: Any, rng: random.Random, _: float) -> None:
    """The backend of another of the eight, whatever it is at."""
    db.execute(
        "select pg_terminate_backend(pid)"
        "  from (select pid from pg_stat_activity where application_name = 'feeds' and pid <> pg_backend_pid()"
        "         order by random() limit 1) as t"
    )


WHAT = {feed: 30, move_by_hand: 30, change_cap: 20, pause_and_resume: 8, look: 9, kill: 3}


def moment(rng: random.Random) -> str:
    return f"{rng.choice(DAYS)} {rng.randint(6, 11):02d}:{rng.randint(0, 59):02d} America/Los_Angeles"


@pytest.mark.parametrize("seed", SEEDS)
def test_no_day_of_any_campaign_is_fed_more_than_its_cap_whoever_feeds_it_and_is_killed(clone, connect, clock, seed):
    clone.execute("insert into campaigns (name) values ('second')")
    clone.execute("update campaigns set daily_cap = 3")
    for campaign in CAMPAIGNS:
        clone.leads(LAST_CAP * len(DAYS) + 20, status="queued", campaign=campaign)
    clone.execute(WITNESS)

    numbers = iter(range(OPERATIONS))
    next_number = threading.Lock()
    ended: Counter[str] = Counter()

    def work(worker: int) -> Counter[str]:
        """Take the next operation until there is none. Returns how each ended."""
        rng = random.Random(f"{seed}/{worker}")
        ends: Counter[str] = Counter()
        db = connect(application_name="feeds")
        while True:
            with next_number:
                number = next(numbers, None)
            if number is None:
                return ends
            operations = rng.choices(list(WHAT), list(WHAT.values()), k=rng.choice((1, 1, 1, 2)))
            try:
                if db.closed:
                    db = connect(application_name="feeds")
                db.execute(f"set default_transaction_isolation = '{rng.choice(ISOLATIONS)}'")
                with db.transaction(force_rollback=rng.random() < 0.1):
                    for operation in operations:
                        operation(db, rng, number / OPERATIONS)
                ends["done"] += 1
            except psycopg.OperationalError as error:
                if error.sqlstate not in EXPECTED:
                    assert error.sqlstate in ("57P01", None), error  # killed, or the connection of one who was
                    db.close()
                ends[error.sqlstate or "57P01"] += 1
            except psycopg.Error as error:
                assert error.sqlstate in EXPECTED, error
                ends[error.sqlstate] += 1

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        for running in [pool.submit(work, n) for n in range(CONNECTIONS)]:
            ended += running.result()

    assert ended.total() == OPERATIONS
    assert ended["done"] > OPERATIONS / 3, ended
    assert all(ended[code] for code in ("PF082", "40001", "57P01")), ended
    assert clone.rows("select * from campaign_days where fed > cap") == []
    assert clone.rows(LEDGER_AND_LEADS_DIFFER) == []

    # with leads enough, exactly the cap
    clone.execute("update campaigns set daily_cap = %s, paused = false", (LAST_CAP,))
    for campaign in CAMPAIGNS:
        for day in DAYS:
            clock.set(f"{day} 11:59")
            clone.feed(campaign)
    assert clone.rows(LEDGER_AND_LEADS_DIFFER) == []
    assert [row.fed for row in clone.rows("select fed from campaign_days")] == [LAST_CAP] * 6

    # and each was written down once, and has its deliveries
    assert clone.value("select count(*) from pipeline_events where stage = 'fed'") == LAST_CAP * 6
    assert clone.value("select count(distinct (lead_id, channel)) from deliveries") == 2 * LAST_CAP * 6
