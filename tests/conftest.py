"""What the tests of more than one stage share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest


@pytest.fixture
def share_phone() -> Callable[..., None]:
    """``share_phone(db, lead, other)``: the other lead has the first lead's phone number too, as its ninth."""

    def share(db: Any, lead_id: Any, other_id: Any) -> None:
        db.execute(
            """
            insert into lead_contacts (lead_id, channel, position, value_hash)
            select %s, c.channel, 9, c.value_hash
              from lead_contacts as c
             where c.lead_id = %s and c.channel = 'phone' and c.position = 1
            """,
            (other_id, lead_id),
        )

    return share


@pytest.fixture
def add_delivery() -> Callable[..., int]:
    """``add_delivery(db, lead, state="claimed")``: something waits to be sent to the lead. Returns its id."""

    def add(db: Any, lead_id: Any, state: str = "pending", channel: str = "phone") -> int:
        return db.value(
            """
            insert into deliveries (
              lead_id, campaign_id, channel, state, not_before, lease_token, lease_until, created_at
            )
            select %s, c.id, %s, %s::delivery_state, now(), gen_random_uuid(), now(), now()
              from campaigns as c
             where c.name = 'default'
            returning id
            """,
            lead_id,
            channel,
            state,
        )

    return add


@pytest.fixture
def last_event() -> Callable[..., Any]:
    """``last_event(db, "consent")``: the newest event of a stage."""

    def last(db: Any, stage: str) -> Any:
        return db.one("select * from pipeline_events where stage = %s order by id desc limit 1", stage)

    return last


@pytest.fixture
def event(db: Any, clock: Any) -> Callable[..., bool]:
    """``event(stage, detail=…, lead_id=…, …)``: write an event at the clock's time."""

    def write(stage: str, **named: Any) -> bool:
        names = "".join(f", p_{name} => %s" for name in named)
        return db.value(f"select record_event(%s, %s{names})", clock.now, stage, *named.values())

    return write


@pytest.fixture
def markup() -> Callable[[str], ElementTree.Element]:
    """Read a part of the page; it must be well-formed."""
    return lambda html: ElementTree.fromstring(f"<div>{html}</div>")


@pytest.fixture
def table() -> Callable[..., list[list[str]]]:
    """The cells of the body of the first table below an element, row by row, as the reader sees them."""

    def read(element: ElementTree.Element) -> list[list[str]]:
        found = element.find(".//tbody")
        assert found is not None
        return [["".join(cell.itertext()) for cell in row] for row in found]

    return read


HEADER = "mak,fips,apn,address,city,state,zip,first name,phone 1,email 1"


@pytest.fixture
def letters(db: Any) -> Callable[..., list[Any]]:
    """``letters(row, …)``: take in a file of these rows; its dead letters, by line. A row is a dict by column."""

    def take(*rows: dict[str, str], file_name: str = "vendor.csv") -> list[Any]:
        columns = HEADER.split(",")
        lines = [HEADER] + [",".join(row.get(column, "") for column in columns) for row in rows]
        receipt = db.ingest("\n".join(lines), file_name=file_name)
        return db.rows("select * from pipeline_dlq where upload_id = %s order by line_number", receipt.upload_id)

    return take


@pytest.fixture
def conflict(db: Any, letters: Callable[..., list[Any]]) -> Any:
    """The letter of a row whose MAK and address belong to two leads: 0000000001, and 12 Main St."""
    letters({"mak": "0000000001", "first name": "Ada"}, {"address": "12 Main St", "zip": "90012", "first name": "Bob"})
    (letter,) = letters(
        {"mak": "0000000001", "address": "12 Main St", "zip": "90012", "first name": "Cy", "phone 1": "2135550100"}
    )
    return letter


@pytest.fixture
def letter(db: Any) -> Callable[[int], Any]:
    """``letter(id)``: a dead letter as it is now."""
    return lambda id: db.one("select * from pipeline_dlq where id = %s", id)


@pytest.fixture
def pg_cron(db: Any) -> Any:
    """What pg_cron shows of itself: its table, and the functions that write it."""
    db.execute(
        """
        create schema cron;
        create table cron.job (
          jobid bigserial primary key, schedule text, command text, database text default current_database(),
          username text default current_user, jobname text, unique (jobname, username)
        );
        create function cron.schedule(job_name text, schedule text, command text) returns bigint
        language sql as $$
          insert into cron.job (jobname, schedule, command) values ($1, $2, $3)
          on conflict (jobname, username) do update set schedule = excluded.schedule, command = excluded.command
          returning jobid
        $$;
        create function cron.unschedule(job_id bigint) returns boolean
        language sql as $$ delete from cron.job where jobid = $1 returning true $$
        """
    )
    return db
