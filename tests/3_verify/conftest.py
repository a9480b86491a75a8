"""What the tests of verification, consent and suppression share."""

from collections.abc import Callable
from typing import Any

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
