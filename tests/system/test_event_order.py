"""What comes back of one lead, told in any order, some of it twice and some of it of a lead that nobody knew at first.

What should follow is worked out from the set of events alone, so that no order can matter. The lead has two numbers and
two addresses of which at most the first is rejected: a lead that has come to its end for want of a contact would stay
there, whatever else is told of it later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

CALLS = {
    "customer-ended-call": "reached",
    "assistant-forwarded-call": "reached",
    "voicemail": "tried",
    "customer-busy": "tried",
    "customer-sang": "tried",
    "pipeline-error-openai-500-server-error": "failed",
    "call.start.error-subscription-frozen": "misconfigured",
    "sip-outbound-unallocated-number": "rejected",
    "manually-canceled": "cancelled",
}


@dataclass(frozen=True)
class Event:
    kind: str
    id: str
    what: Any = None
    of_nobody: bool = False  # told with an id or a sender that is no lead's, and redriven at the end

    def is_end(self, *outcomes: str) -> bool:
        return self.kind == "call" and CALLS[self.what] in outcomes


def some(kind: str, whats: list[Any], at_most: int, may_be_of_nobody: bool = False) -> st.SearchStrategy[list[Event]]:
    of_nobody = st.booleans() if may_be_of_nobody else st.just(False)
    drawn = st.lists(st.tuples(st.sampled_from(whats), of_nobody), max_size=at_most)
    return drawn.map(lambda found: [Event(kind, f"{kind}-{n}", what, none) for n, (what, none) in enumerate(found)])


HAPPENINGS = st.tuples(
    some("call", list(CALLS), 3, may_be_of_nobody=True),
    some("reply", [1, 5, 48], 2, may_be_of_nobody=True),  # hours ago
    some("booking", [None], 2, may_be_of_nobody=True),
    some("bounce", [("phone", True), ("email", True), ("email", False)], 2),
    st.lists(st.sampled_from(["phone", "email"]), unique=True).map(
        lambda channels: [Event("answer", channel, channel) for channel in channels]
    ),
    st.sampled_from([[], [], [], [Event("stop", "stop", "phone")], [Event("stop", "stop", "email")]]),
).map(lambda kinds: [event for kind in kinds for event in kind])


@st.composite
def tellings(draw: st.DrawFn) -> list[Event]:
    """All that happened in any order, each told once or twice."""
    happened = draw(HAPPENINGS)
    again = [event for event in happened if event.kind != "answer" and draw(st.booleans())]
    return draw(st.permutations(happened + again))


@pytest.fixture
def lead(db: Any, clock: Any) -> Any:
    """A fed lead, whose call and message a worker is sending."""
    (id,) = db.leads(1, status="queued", phones=2, emails=2)
    db.feed()
    clock.set("2026-03-09 10:00")
    return id


class World:
    def __init__(self, db: Any, lead: Any) -> None:
        self.db, self.lead, self.start = db, lead, db.clock.now
        self.contacts = {
            channel: [db.contact(lead, channel, n) for n in (1, 2)] for channel in ("phone", "email")
        }  # fmt: skip
        self.claims = {channel: db.claim(channel)[0] for channel in ("phone", "email")}
        self.booked_at: datetime | None = None

    def tell(self, event: Event) -> None:
        db, lead, now = self.db, uuid4() if event.of_nobody else self.lead, self.db.clock.now
        match event.kind:
            case "call":
                query = "select record_call(%s, %s, %s, 9, %s, %s)"
                db.execute(query, (event.id, lead, event.what, event.id, now))
            case "reply":
                sender = "nobody@example.com" if event.of_nobody else self.contacts["email"][1]
                said_at = self.start - timedelta(hours=event.what)
                query = "select record_reply('email', %s, 'Tell me more', %s, %s, %s)"
                db.execute(query, (sender, event.id, said_at, now))
            case "booking":
                query = "select record_booking(%s, null, %s, %s)"
                if db.value(query, lead, event.id, now) != "repeated":
                    self.booked_at = now
            case "bounce":
                channel, is_hard = event.what
                query = "select record_bounce(%s, %s, %s, %s, %s)"
                db.execute(query, (channel, self.contacts[channel][0], is_hard, event.id, now))
            case "answer":
                claim = self.claims[event.what]
                query = "select finish_delivery(%s, %s, 200, 9, null, 'sent', %s)"
                db.execute(query, (claim.id, claim.token, now))
            case "stop":
                query = "select record_reply(%s, %s, 'STOP', 'stop', %s, %s)"
                said_at = self.start - timedelta(hours=3)
                db.execute(query, (event.what, self.contacts[event.what][0], said_at, now))

    def redrive(self) -> None:
        for letter in self.db.rows("select id from pipeline_dlq where state = 'waiting' order by id"):
            query = "select outcome from redrive_dlq(%s, null, %s, %s)"
            assert self.db.value(query, letter.id, self.lead, self.db.clock.now) == "redriven"

    def found(self) -> dict[str, Any]:
        row = self.db.one("select * from leads where id = %s", self.lead)
        rejected = self.db.rows("select channel, position from lead_contacts where not verified order by channel")
        found = {
            "status": row.campaign_status,
            "consent": row.consent,
            "last_reply_at": row.last_reply_at,
            "booked_at": row.booked_at,
            "calls": row.call_attempt_count,
            "step": row.current_sequence_step,
            "rejected": [tuple(contact) for contact in rejected],
            "suppressed": self.db.value("select count(*) from suppressions"),
            "waiting": self.db.value("select count(*) from pipeline_dlq where state = 'waiting'"),
        }
        self.db.clock.set("2026-03-11 12:00")
        return found | {channel: [d.contact for d in self.db.claim(channel)] for channel in ("phone", "email")}

    def expected(self, happened: set[Event]) -> dict[str, Any]:
        kinds = {event.kind for event in happened}
        answered = {event.what for event in happened if event.kind == "answer"}
        replies = [event.what for event in happened if event.kind == "reply"] + [3] * ("stop" in kinds)
        rejected = {event.what[0] for event in happened if event.kind == "bounce" and event.what[1]}
        rejected |= {"phone" for event in happened if event.is_end("rejected")}
        status = next(
            (s for kind, s in [("stop", "opted_out"), ("booking", "booked"), ("reply", "replied")] if kind in kinds),
            "active",
        )

        is_called = status == "active" and not any(
            event.is_end("reached", "cancelled") or (event.is_end("misconfigured") and not event.of_nobody)
            for event in happened
        )  # fmt: skip
        is_ordered = {"phone": is_called and ("phone" not in answered or "call" in kinds)}
        is_ordered["email"] = status == "active" and "email" not in answered
        return {
            "status": status,
            "consent": status != "opted_out",
            "last_reply_at": self.start - timedelta(hours=min(replies)) if replies else None,
            "booked_at": self.booked_at,
            "calls": sum(event.is_end("reached", "tried") for event in happened),
            "step": int("call" in kinds or bool(answered)),
            "rejected": [(channel, 1) for channel in sorted(rejected)],
            "suppressed": int("stop" in kinds),
            "waiting": 0,
        } | {
            channel: [self.contacts[channel][channel in rejected]] if is_ordered[channel] else []
            for channel in ("phone", "email")
        }


@given(tellings())
def test_what_is_known_in_the_end_does_not_depend_on_the_order_of_what_is_told(db, clock, lead, told):
    with db.undone():
        clock.set("2026-03-09 10:00")
        world = World(db, lead)

        for event in told:
            clock.move(minutes=1)
            world.tell(event)
        clock.move(minutes=1)
        world.redrive()

        assert world.found() == world.expected(set(told))
