"""The whole life of leads, driven at random against a small model that says the same in Python.

The model knows the rules, not the tables. What chance or an order of ids decides (which of equal leads is fed, how long
a retry waits) it takes from the database, after it has checked that it may be so. After each step all that is kept of
leads, contacts, deliveries, suppressions, the ledger of the cap and dead letters must be the same in both.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

PACIFIC = ZoneInfo("America/Los_Angeles")
EASTERN = ZoneInfo("America/New_York")
PLACES = [("Los Angeles", "CA", "90012", PACIFIC), ("New York", "NY", "10001", EASTERN)]
VALUES = {
    "phone": [f"+1202555010{n}" for n in range(7)],
    "email": [f"lead{n}@example.com" for n in range(7)],
}
MOVES = {
    "new": "queued opted_out",
    "queued": "active paused opted_out",
    "active": "replied paused bounced invalid failed opted_out",
    "replied": "booked active opted_out",
    "paused": "active queued opted_out",
    "booked": "completed opted_out",
}
ANSWERS = [
    ["VALID"],
    ["RISKY", "VERIFIED"],
    ["TIMEOUT", "VALID"],
    ["VALID", "INVALID"],
    ["UNDELIVERABLE"],
    ["TIMEOUT"],
    ["TIMEOUT", "RISKY"],
    ["RISKY"],
    ["RISKY", "XX99"],
    ["XX99"],
]
EFFECTS = {
    "VALID": "verify", "VERIFIED": "verify", "INVALID": "reject", "UNDELIVERABLE": "reject", "TIMEOUT": "retry",
    "RISKY": "info",
}  # fmt: skip
REPLIES = [("yes, call me", False), ("STOP", True), ("please stop calling me", True), ("I can't stop by", False)]
CALLS = [
    ("customer-ended-call", "reached"),
    ("voicemail", "tried"),
    ("customer-sang", "tried"),
    ("pipeline-error-openai-500-server-error", "failed"),
    ("call.start.error-subscription-frozen", "misconfigured"),
    ("sip-outbound-unallocated-number", "rejected"),
    ("call-deleted", "cancelled"),
]
UNKNOWN = "00000000-0000-0000-0000-000000000000"
PICK = st.integers(0, 59)  # divides by whatever number there is to choose from
OPEN = ("pending", "claimed")
SETTLED = ("dead", "cancelled")


@dataclass
class Contact:
    value: str
    verified: bool = False
    codes: list[str] | None = None
    do_not_call: bool = False
    tries: int | None = None


@dataclass
class Order:
    """A delivery."""

    id: int
    state: str
    not_before: datetime
    attempts: int = 0
    token: Any = None
    lease_until: datetime | None = None
    external_id: str | None = None
    contact: Contact | None = None
    is_settled: bool = False


@dataclass
class Lead:
    id: Any
    zone: ZoneInfo
    status: str = "new"
    consent: bool = False
    contacts: dict[str, list[Contact]] = field(default_factory=lambda: {"phone": [], "email": []})
    orders: dict[str, Order] = field(default_factory=dict)
    added_at: datetime | None = None
    step: int = 0
    calls: int = 0
    call_id: str | None = None
    last_reply_at: datetime | None = None
    booked_at: datetime | None = None

    def verified(self, channel: str) -> bool:
        return any(c.verified for c in self.contacts[channel])

    def codes(self, channel: str) -> list[str] | None:
        found = self.contacts[channel]
        return next((c.codes for c in found if c.verified), found[0].codes if found else None)

    def cancel(self, *channels: str) -> None:
        for channel, order in self.orders.items():
            if order.state in OPEN and (not channels or channel in channels):
                order.state, order.token = "cancelled", None


class LeadLife(RuleBasedStateMachine):
    """Rules are what happens; ``model_…`` is what should follow."""

    def __init__(self, db: Any) -> None:
        super().__init__()
        self.db = db
        self.undone = db.undone()
        self.undone.__enter__()
        db.execute("select setseed(0)")  # the same waits when an example is played again
        self.now = datetime(
            2026, 3, 6, 14, 30, tzinfo=ZoneInfo("UTC")
        )  # a Friday 06:30, two days before the clocks change
        self.leads: dict[int, Lead] = {}  # by house number
        self.suppressed: dict[tuple[str, str], datetime] = {}
        self.tokens: list[list[Any]] = []
        self.claims: list[Any] = []
        self.seen: set[Any] = set()
        self.ended_calls: set[str] = set()
        self.fed: Counter[Any] = Counter()
        self.letters: Counter[str] = Counter()
        self.unknown: dict[tuple[str, int], tuple[Any, ...]] = {}
        self.paused = False
        self.phone_paused = False
        self.effects = {channel: dict(EFFECTS) for channel in VALUES}

    def teardown(self) -> None:
        self.undone.__exit__(None, None, None)

    # ---- how it is set up

    @initialize(
        cap=st.integers(2, 4),
        attempts=st.integers(1, 4),
        requires_phone=st.booleans(),
        requires_consent=st.booleans(),
        channels=st.sampled_from([["phone", "email"]] * 3 + [["phone"], ["email"]]),
    )
    def a_campaign_begins(self, cap, attempts, requires_phone, requires_consent, channels):
        self.cap, self.max_attempts = cap, attempts
        self.requires_phone, self.requires_consent, self.channels = requires_phone, requires_consent, channels
        self.db.execute(
            "update campaigns set daily_cap = %s, max_attempts = %s, requires_phone = %s, requires_consent = %s,"
            " channels = %s",
            (cap, attempts, requires_phone, requires_consent, channels),
        )
        self.three_leads_are_under_way()

    def three_leads_are_under_way(self) -> None:
        """Far enough for everything to happen to them: by chance alone few would come there. A fourth may yet come."""
        for house in (1, 2, 3):
            values = slice(2 * house - 2, 2 * house)
            self.imported(house, VALUES["phone"][values], VALUES["email"][values], do_not_call=False)
            self.made_ready(self.leads[house])
        self.leads_are_queued(3)
        self.the_campaign_is_fed()
        self.a_worker_claims(at_noon=True)

    # ---- what the model says

    def having(self, channel: str, value: str) -> list[Lead]:
        return [lead for lead in self.leads.values() if any(c.value == value for c in lead.contacts[channel])]

    def meant_by(self, channel: str, value: str) -> Lead | None:
        """The active lead, else the one that was fed last."""
        first = datetime(2000, 1, 1, tzinfo=PACIFIC)
        found = sorted(self.having(channel, value), key=lambda lead: lead.id)
        found.sort(key=lambda lead: (lead.status == "active", lead.added_at or first), reverse=True)
        return found[0] if found else None

    def usable(self, lead: Lead, channel: str) -> Contact | None:
        free = [
            c for c in lead.contacts[channel]
            if c.verified and not c.do_not_call and (channel, c.value) not in self.suppressed
        ]  # fmt: skip
        return free[0] if free else None

    def contactable(self, lead: Lead) -> bool:
        verified = [(channel, c) for channel in self.channels for c in lead.contacts[channel] if c.verified]
        return (
            lead.status in ("new", "queued", "active")
            and lead.booked_at is None
            and (lead.consent or not self.requires_consent)
            and (lead.verified("phone") if self.requires_phone else bool(verified))
            and not any(c.do_not_call or (channel, c.value) in self.suppressed for channel, c in verified)
        )

    def day(self) -> Any:
        return self.now.astimezone(PACIFIC).date()

    def room(self) -> int:
        return max(self.cap - self.fed[self.day()], 0)

    def model_move(self, lead: Lead, status: str) -> None:
        lead.status = status
        if status == "active":
            if lead.added_at is None:
                lead.added_at = self.now
                self.fed[self.day()] += 1
            for channel in self.channels:
                order = lead.orders.get(channel)
                if lead.verified(channel) and (order is None or order.state == "cancelled"):
                    query = "select id from deliveries where lead_id = %s and channel = %s"
                    id = order.id if order else self.db.value(query, lead.id, channel)
                    lead.orders[channel] = Order(
                        id, "pending", self.now,
                        external_id=order and order.external_id,
                        contact=order and order.contact,
                    )  # fmt: skip
        elif status not in ("queued", "paused"):
            lead.cancel()

    def model_consent(self, lead: Lead) -> None:
        lead.consent = True
        for channel, contacts in lead.contacts.items():
            for contact in contacts:
                self.suppressed.pop((channel, contact.value), None)

    def model_opt_out(self, channel: str, value: str) -> list[Lead]:
        self.suppressed[channel, value] = self.now
        reached = self.having(channel, value)
        for lead in reached:
            self.model_close(lead)
        return reached

    def model_opt_out_lead(self, lead: Lead) -> None:
        for channel, contacts in lead.contacts.items():
            for contact in contacts:
                self.model_opt_out(channel, contact.value)
        self.model_close(lead)

    def model_close(self, lead: Lead) -> None:
        lead.consent = False
        if "opted_out" in MOVES.get(lead.status, ""):
            self.model_move(lead, "opted_out")
        lead.cancel()

    def model_reject(self, lead: Lead, channel: str, contact: Contact, status: str) -> None:
        contact.verified, contact.codes, contact.tries = False, ["UNDELIVERABLE"], None
        if not lead.verified(channel):
            lead.cancel(channel)
        if lead.status == "active" and not any(lead.verified(c) for c in self.channels):
            self.model_move(lead, status)

    def model_reply(self, lead: Lead, at: datetime) -> None:
        lead.last_reply_at = max(filter(None, (lead.last_reply_at, min(at, self.now))))
        if lead.status == "active":
            self.model_move(lead, "replied")

    def model_booking(self, lead: Lead, at: datetime) -> None:
        lead.booked_at = max(filter(None, (lead.booked_at, at)))
        if lead.status in ("active", "replied"):
            self.model_move(lead, "booked")

    def model_call(self, lead: Lead, call_id: str, outcome: str) -> str:
        if call_id in self.ended_calls:
            return "repeated"
        self.ended_calls.add(call_id)
        lead.call_id = call_id
        lead.calls += outcome in ("reached", "tried")

        order = lead.orders.get("phone")
        called = (order and order.contact) or self.usable(lead, "phone")
        called = called or next((c for c in lead.contacts["phone"] if c.verified), None)
        if outcome == "rejected" and called:
            self.model_reject(lead, "phone", called, "invalid")

        used_up = lead.calls >= self.max_attempts
        is_settled = outcome in ("reached", "cancelled") or bool(order and order.is_settled)
        if order:
            lead.step = 1
            order.is_settled |= is_settled and order.state not in SETTLED
            if is_settled or used_up:
                if order.state in OPEN:
                    order.state, order.token, order.external_id = "delivered", None, call_id
            elif lead.status in ("active", "paused") and self.usable(lead, "phone") and order.state not in SETTLED:
                order.state, order.token, order.external_id = "pending", None, call_id
                order.not_before = self.now + timedelta(hours=24 if outcome == "tried" else 0)
                if outcome == "failed":
                    self.take_wait(order, timedelta(seconds=30) * 2**order.attempts)
                order.attempts = min(order.attempts, self.max_attempts - 1) if outcome == "failed" else 0
        if outcome == "tried" and not is_settled and lead.status == "active" and used_up:
            self.model_move(lead, "failed")
        return outcome

    def judge(self, channel: str, codes: list[str] | None) -> str | None:
        found = [self.effects[channel].get(code) for code in codes or ()]
        return next((effect for effect in ("reject", "verify", "retry", "info") if effect in found), None)

    def take_wait(self, order: Order, longest: timedelta) -> None:
        order.not_before = self.db.value("select not_before from deliveries where id = %s", order.id)
        assert self.now <= order.not_before <= self.now + min(longest, timedelta(hours=6))

    def first_time(self, *event: Any) -> bool:
        is_first = event not in self.seen
        self.seen.add(event)
        return is_first

    def moved(self, candidates: list[Lead], status: str) -> list[Lead]:
        ids = {r.id for r in self.db.rows("select id from leads where campaign_status = %s", status)}
        return [lead for lead in candidates if lead.id in ids]

    # ---- time

    @rule(hours=st.sampled_from([0.05, 1, 3, 8, 24]))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)

    @rule(at=st.sampled_from([5, 6, 10, 11, 12]))
    def the_next_morning_comes(self, at):
        local = self.now.astimezone(PACIFIC)
        local = local.replace(hour=at, minute=0) + timedelta(days=local.hour >= at)
        self.now = local.astimezone(ZoneInfo("UTC"))

    # ---- what comes in

    @rule(
        house=st.integers(1, 4),
        phones=st.lists(st.sampled_from(VALUES["phone"]), max_size=2, unique=True),
        emails=st.lists(st.sampled_from(VALUES["email"]), max_size=2, unique=True),
        do_not_call=st.sampled_from([False, False, False, True]),
    )
    def a_file_is_imported(self, house, phones, emails, do_not_call):
        self.imported(house, phones, emails, do_not_call)

    def imported(self, house: int, phones: list[str], emails: list[str], do_not_call: bool) -> None:
        city, state, zip_code, zone = PLACES[house % 2]
        row = [f"{house} Main St", city, state, zip_code]
        row += [*phones, "", ""][:2] + [*emails, "", ""][:2] + ["Yes" if do_not_call and phones else ""]
        header = "Address,City,State,Zip,Phone 1,Phone 2,Email 1,Email 2,Phone 1 DNC"
        assert self.db.ingest(f"{header}\n{','.join(row)}\n").status == 200

        if house not in self.leads:
            self.leads[house] = Lead(self.db.value("select id from leads where street = %s", row[0]), zone)
        for channel, values in (("phone", phones), ("email", emails)):
            found = self.leads[house].contacts[channel]
            found += [Contact(value) for value in values if value not in [c.value for c in found]]
        if do_not_call and phones:
            next(c for c in self.leads[house].contacts["phone"] if c.value == phones[0]).do_not_call = True

    def lead(self, pick: int) -> Lead:
        """One of all; those that are active come to more.

        What is drawn must not depend on which leads the database chose to feed, hence a number for any choice.
        """
        active = [house for house, lead in self.leads.items() if lead.status == "active"]
        houses = [*self.leads, *active, *active]
        return self.leads[houses[pick % len(houses)]]

    def lead_or_nobody(self, pick: int) -> Lead | None:
        return self.lead(pick) if pick % 4 else None

    @rule(
        pick=PICK,
        channel=st.sampled_from(["phone", "email"]),
        codes=st.sampled_from(ANSWERS),
        named=st.sampled_from([None, 0, 0, 1, -1]),
    )
    def a_contact_is_verified(self, pick, channel, codes, named):
        lead, effect = self.lead(pick), self.judge(channel, codes)
        contacts = lead.contacts[channel]
        if named is None:  # the answer says which contact it is about, or it is about the first
            contact, payload = (contacts[0] if contacts else None), None
        else:
            value = contacts[named].value if 0 <= named < len(contacts) else VALUES[channel][-1]
            payload = f'{{"{channel}": "{value}"}}'
            contact = next((c for c in contacts if c.value == value), None)

        if contact and effect == "retry":
            contact.tries = (contact.tries or 0) + 1
        elif contact:
            contact.tries = None
        if contact and effect in ("verify", "reject"):
            contact.verified, contact.codes = effect == "verify", codes
        elif contact and effect != "retry":
            contact.codes = list(dict.fromkeys([*(contact.codes or []), *codes]))
        assert self.db.value(
            "select record_verification(%s, %s, 'generic', %s, %s, %s)", lead.id, channel, codes, payload, self.now
        ) == (contact.verified if contact else None)

    @rule(
        channel=st.sampled_from(["phone", "email"]),
        code=st.sampled_from(["RISKY", "XX99", "VALID"]),
        effect=st.sampled_from(["verify", "reject", "info", None]),
        limit=st.integers(1, 3),
    )
    def a_code_comes_to_mean_something_else(self, channel, code, effect, limit):
        before = self.effects[channel].get(code)
        if effect is None:
            self.effects[channel].pop(code, None)
            query = "delete from verification_code_map where provider = 'generic' and channel = %s and code = %s"
            self.db.execute(query, (channel, code))
        else:
            self.effects[channel][code] = effect
            self.db.execute(
                "insert into verification_code_map (provider, channel, code, effect, meaning, is_verified, map_version)"
                " values ('generic', %s, %s, %s, 'as somebody says', false, 1)"
                " on conflict (provider, channel, code) do update set effect = excluded.effect",
                (channel, code, effect),
            )

        concerned = 0
        for lead in self.leads.values() if effect != before else ():
            having = [c for c in lead.contacts[channel] if code in (c.codes or ())]
            concerned += bool(having)
            for contact in having:
                self.model_rejudge(contact, self.judge(channel, contact.codes), before == "verify")
        judged = 0
        while count := self.db.value("select reverify_leads(%s, %s)", limit, self.now):
            judged += count
        assert judged == concerned

    def model_rejudge(self, contact: Contact, effect: str | None, was_verified_by_it: bool) -> None:
        before = contact.verified
        if effect in ("verify", "reject"):
            contact.verified = effect == "verify"
        else:
            contact.verified = contact.verified and not was_verified_by_it
        if effect == "retry":
            contact.tries = contact.tries or 0
        elif contact.verified != before:
            contact.tries = None

    @rule(pick=PICK, hours=st.sampled_from([1, 168]))
    def a_consent_form_is_sent(self, pick, hours):
        lead = self.lead(pick)
        nonce = self.db.value("select issue_consent_token(%s, %s, %s)", lead.id, timedelta(hours=hours), self.now)
        self.tokens.append([nonce, lead, self.now + timedelta(hours=hours), False])

    @rule(pick=PICK)
    def a_consent_form_comes_back(self, pick):
        if not self.tokens:
            return
        token = self.tokens[pick % len(self.tokens)]
        nonce, lead, expires_at, used = token
        outcome = "used" if used else "expired" if expires_at <= self.now else "granted"
        if outcome == "granted":
            token[3] = True
            self.model_consent(lead)
        query = "select outcome from redeem_consent_token(%s, 'web_form', '{}', %s)"
        assert self.db.value(query, nonce, self.now) == outcome

    @rule(pick=PICK)
    def a_consent_is_withdrawn(self, pick):
        lead = self.lead(pick)
        query = "select withdraw_consent(%s, 'letter', null, %s)"
        assert self.db.value(query, lead.id, self.now) == lead.consent
        self.model_opt_out_lead(lead)

    @rule(pick=PICK)
    def a_lead_gets_ready(self, pick):
        self.made_ready(self.lead(pick))

    def made_ready(self, lead: Lead) -> None:
        """Its first contacts are verified, and it consents."""
        for channel in self.channels:
            if lead.contacts[channel]:
                lead.contacts[channel][0].verified, lead.contacts[channel][0].codes = True, ["VERIFIED"]
                lead.contacts[channel][0].tries = None
                query = "select record_verification(%s, %s, 'generic', '{VERIFIED}', null, %s)"
                self.db.execute(query, (lead.id, channel, self.now))
        nonce = self.db.value("select issue_consent_token(%s, '1 hour', %s)", lead.id, self.now)
        self.db.execute("select redeem_consent_token(%s, 'web_form', '{}', %s)", (nonce, self.now))
        self.model_consent(lead)

    # ---- the campaign

    @rule(limit=st.integers(0, 3))
    def leads_are_queued(self, limit):
        due = [lead for lead in self.leads.values() if lead.status == "new" and self.contactable(lead)]
        assert self.db.value("select queue_leads('default', %s)", limit) == min(limit, len(due))
        moved = self.moved(due, "queued")
        assert len(moved) == min(limit, len(due))
        for lead in moved:
            self.model_move(lead, "queued")

    @rule()
    def the_campaign_is_fed(self):
        local = self.now.astimezone(PACIFIC)
        due = [lead for lead in self.leads.values() if lead.status == "queued" and self.contactable(lead)]
        wanted = min(self.room(), len(due))
        if self.paused:
            status, wanted = "paused", 0
        elif local.isoweekday() > 5 or not 6 <= local.hour < 12:
            status, wanted = "not_due", 0
        elif self.room() == 0:
            status = "capped"
        else:
            status = "fed" if wanted else "empty"

        self.db.clock.now = self.now
        result = self.db.feed()

        for lead in self.moved(due, "active"):
            self.model_move(lead, "active")
        assert (result.status, result.day, result.cap, result.fed) == (status, self.day(), self.cap, wanted)
        assert result.remaining == self.room()
        today = self.db.one("select day, cap from campaign_today(%s)", self.now)
        assert today == (result.day, result.cap)

    @rule(pick=PICK, status=st.sampled_from([*MOVES, "completed", "opted_out", "bounced", "invalid", "failed"]))
    def a_lead_is_moved_by_hand(self, pick, status):
        lead = self.lead(pick)
        query = "update leads set campaign_status = %s, campaign_status_at = %s where id = %s"
        code = None
        if status == lead.status:
            return
        self.now += timedelta(minutes=1)  # a time that stays as it is counts as none
        if status not in MOVES.get(lead.status, "").split():
            code = "PF081"
        elif status == "queued" and lead.status == "new":
            code = "PF080"  # only queue_leads names a campaign
        elif status == "active" and lead.added_at is None and self.room() == 0:
            code = "PF082"
        if code:
            with self.db.refused(code):
                self.db.execute(query, (status, self.now, lead.id))
            return
        self.db.execute(query, (status, self.now, lead.id))
        self.model_move(lead, status)
        if status == "opted_out":  # suppresses every contact
            self.model_opt_out_lead(lead)

    @rule(cap=st.integers(0, 5))
    def the_cap_is_changed(self, cap):
        self.cap = cap
        self.db.execute("update campaigns set daily_cap = %s", (cap,))

    @rule(attempts=st.integers(1, 4))
    def the_limit_of_attempts_is_changed(self, attempts):
        self.max_attempts = attempts
        self.db.execute("update campaigns set max_attempts = %s", (attempts,))

    @rule(paused=st.booleans())
    def the_campaign_is_paused_or_resumed(self, paused):
        self.paused = paused
        self.db.execute("update campaigns set paused = %s", (paused,))

    @rule()
    def the_phone_is_resumed(self):
        self.phone_paused = False
        self.db.execute("update campaigns set paused_channels = '{}'")

    # ---- deliveries

    @rule(at_noon=st.booleans())
    def a_worker_claims(self, at_noon):
        if at_noon:  # when nobody's contact hours stand in the way
            self.now = (self.now + timedelta(hours=5)).replace(hour=19)
        for channel in ("phone", "email"):
            self.deliveries_are_claimed(channel)

    def given_up(self, order: Order, at: datetime) -> bool:
        free = order.state == "pending" or (order.state == "claimed" and order.lease_until <= at)
        return free and order.attempts >= self.max_attempts

    def due(self, channel: str, at: datetime) -> list[tuple[Lead, Order, Contact]]:
        """Whose deliveries are due, whatever the hour, and the contact each goes to."""
        return [
            (lead, order, self.usable(lead, channel))
            for lead in self.leads.values()
            for order in [lead.orders.get(channel)]
            if order
            and (order.state == "pending" or (order.state == "claimed" and order.lease_until <= at))
            and order.attempts < self.max_attempts
            and order.not_before <= at
            and lead.status == "active"
            and not self.paused
            and not (channel == "phone" and self.phone_paused)
            and self.contactable(lead)
            and self.usable(lead, channel)
        ]

    def contact_hour(self, lead: Lead, at: datetime) -> datetime:
        """The next moment from 08:00 to 21:00 where the property is and where its number, of Washington, is."""
        while not all(8 <= at.astimezone(zone).hour < 21 for zone in (lead.zone, EASTERN)):
            at = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        return at

    def is_called_enough(self, lead: Lead, channel: str) -> bool:
        return channel == "phone" and lead.calls >= self.max_attempts

    def claimed(self, channel: str, at: datetime) -> tuple[list[tuple[Lead, Order, Contact]], list[Any]]:
        """What is handed out by the model, after the database handed out the same. A call at night is put off."""
        wanted = []
        for lead, order, contact in self.due(channel, at):
            hour = at if channel == "email" else self.contact_hour(lead, at)
            if self.is_called_enough(lead, channel):
                continue
            if hour > at:
                order.not_before = hour
            else:
                wanted.append((lead, order, contact))
        self.db.clock.now = at
        claimed = self.db.claim(channel)
        assert sorted((d.lead_id, d.id, d.contact) for d in claimed) == sorted(
            (lead.id, order.id, contact.value) for lead, order, contact in wanted
        )
        return wanted, claimed

    def deliveries_are_claimed(self, channel: str) -> None:
        spent = [order for lead, order, _ in self.due(channel, self.now) if self.is_called_enough(lead, channel)]
        wanted, claimed = self.claimed(channel, self.now)
        orders = [lead.orders[channel] for lead in self.leads.values() if channel in lead.orders]
        for order in spent + [order for order in orders if self.given_up(order, self.now)]:
            order.state, order.token = "dead", None
            self.letters["delivery"] += 1
        tokens = {d.id: d.token for d in claimed}
        for lead, order, contact in wanted:
            order.contact = contact
            order.state, order.attempts, order.token = "claimed", order.attempts + 1, tokens[order.id]
            order.lease_until = self.now + timedelta(minutes=5)
            self.claims.append((lead, channel, order.id, order.token))

    @rule(
        pick=PICK,
        status=st.sampled_from([200, 202, 404, 429, 503, None]),
        wait=st.sampled_from([None, "120", "soon"]),
        call=st.integers(1, 40),
    )
    def a_delivery_is_finished(self, pick, status, wait, call):
        if not self.claims:
            return
        latest = self.claims[-4:]
        lead, channel, id, token = latest[pick % len(latest)]
        order, external_id = lead.orders[channel], f"c{call}"
        if order.state != "claimed" or order.token != token:
            outcome = "stale"
        elif status in (200, 202):
            outcome = "delivered"
        else:
            outcome = "dead" if status == 404 or order.attempts >= self.max_attempts else "retry"
        query = "select finish_delivery(%s, %s, %s, 9, %s, %s, %s)"
        assert self.db.value(query, id, token, status, wait, external_id, self.now) == outcome

        if outcome == "stale":
            if status in (200, 202) and order.attempts:  # it was sent all the same
                lead.step = 1
            return
        order.token = None
        order.state = {"retry": "pending"}.get(outcome, outcome)
        if outcome == "delivered":
            order.external_id, lead.step = external_id, 1
            lead.call_id = external_id if channel == "phone" else lead.call_id
        elif outcome == "dead":
            order.external_id = external_id
            self.letters["delivery"] += 1
        else:
            self.take_wait(order, max(timedelta(seconds=30) * 2**order.attempts, timedelta(seconds=120)))
            assert wait != "120" or order.not_before >= self.now + timedelta(seconds=120)

    # ---- what comes back

    @rule(channel=st.sampled_from(["phone", "email"]), nth=st.integers(0, 6))
    def somebody_opts_out(self, channel, nth):
        value = VALUES[channel][nth]
        reached = self.model_opt_out(channel, value)
        query = "select opt_out(%s, %s, 'asked', 'test', %s)"
        assert self.db.value(query, channel, value, self.now) == len(reached)

    @rule(
        channel=st.sampled_from(["phone", "email"]),
        nth=st.integers(0, 6),
        reply=st.sampled_from(REPLIES),
        event=st.integers(1, 40),
        hours_ago=st.sampled_from([0, 5, -5]),
    )
    def somebody_replies(self, channel, nth, reply, event, hours_ago):
        value, (body, opts_out) = VALUES[channel][nth], reply
        at = self.now - timedelta(hours=hours_ago)
        lead = self.meant_by(channel, value)
        if opts_out:
            self.model_opt_out(channel, value)
        if self.first_time("reply", channel, event):
            if lead:
                self.model_reply(lead, at)
            else:
                self.letters["reply"] += 1
                self.unknown["reply", event] = (channel, value, opts_out, at)
        query = "select record_reply(%s, %s, %s, %s, %s, %s)"
        assert self.db.value(query, channel, value, body, str(event), at, self.now) == (lead and lead.id)

    @rule(
        pick=PICK,
        ends=st.lists(
            st.tuples(st.sampled_from(CALLS), st.integers(1, 40), st.integers(1, 40)), min_size=1, max_size=3
        ),
    )
    def calls_end(self, pick, ends):
        """Of one lead: what the end of a second call does to what the first has settled would be rare by chance."""
        lead = self.lead_or_nobody(pick)
        for call, call_id, event in ends:
            self.a_call_ends(lead, call, f"c{call_id}", event)

    def a_call_ends(self, lead: Lead | None, call: tuple[str, str], call_id: str, event: int) -> None:
        reason, outcome = call
        query = "select record_call(%s, %s, %s, 9, %s, %s)"
        answer = self.db.value(query, call_id, lead.id if lead else UNKNOWN, reason, str(event), self.now)

        if not self.first_time("call", event):
            assert answer == "repeated"
        elif lead is None:
            assert answer == "unknown"
            self.letters["call"] += 1
            self.unknown["call", event] = (call_id, outcome)
        else:
            assert answer == self.model_call(lead, call_id, outcome)
            if answer == "misconfigured" and lead.status != "new" and self.has_campaign(lead):
                self.phone_paused = True

    def has_campaign(self, lead: Lead) -> bool:
        return self.db.value("select campaign_id is not null from leads where id = %s", lead.id)

    @rule(
        channel=st.sampled_from(["phone", "email"]),
        nth=st.integers(0, 6),
        hard=st.booleans(),
        event=st.integers(1, 40),
    )
    def a_message_bounces(self, channel, nth, hard, event):
        value = VALUES[channel][nth]
        reached = self.having(channel, value)
        query = "select record_bounce(%s, %s, %s, %s, %s)"
        answer = self.db.value(query, channel, value, hard, str(event), self.now)
        if not self.first_time("bounce", channel, event):
            assert answer == "repeated"
        elif not reached:
            assert answer == "unknown"
            self.letters["bounce"] += 1
        else:
            assert answer == ("rejected" if hard else "noted")
            self.model_bounce(channel, value, hard)

    def model_bounce(self, channel: str, value: str, hard: bool) -> None:
        for lead in self.having(channel, value) if hard else []:
            self.model_reject(lead, channel, next(c for c in lead.contacts[channel] if c.value == value), "bounced")

    @rule(pick=PICK, event=st.integers(1, 40))
    def somebody_books(self, pick, event):
        lead = self.lead_or_nobody(pick)
        query = "select record_booking(%s, %s, %s, %s)"
        answer = self.db.value(query, lead.id if lead else UNKNOWN, self.now, str(event), self.now)
        if not self.first_time("booking", event):
            assert answer == "repeated"
        elif lead is None:
            assert answer == "unknown"
            self.letters["booking"] += 1
            self.unknown["booking", event] = (self.now,)
        else:
            self.model_booking(lead, self.now)
            assert answer == ("booked" if lead.status == "booked" else "noted")

    # ---- dead letters

    @rule(pick=PICK)
    def a_dead_letter_is_redriven(self, pick):
        waiting = self.db.rows("select * from pipeline_dlq where state = 'waiting' order by id")
        if not waiting:
            return
        letter = waiting[pick % len(waiting)]
        lead = self.lead(pick) if letter.source in ("reply", "booking", "call") else None
        query = "select * from redrive_dlq(%s, null, %s, %s)"
        result = self.db.one(query, letter.id, lead and lead.id, self.now)

        opened = self.db.value("select dead_letter_content(q) from pipeline_dlq as q where id = %s", letter.id) or {}
        outcome, event = "redriven", int(opened.get("event", 0))
        if letter.source == "booking":
            self.model_booking(lead, *self.unknown["booking", event])
        elif letter.source == "call":
            self.model_call(lead, *self.unknown["call", event])
        elif letter.source == "reply":
            channel, value, opts_out, at = self.unknown["reply", event]
            if opts_out and (channel, value) in self.suppressed:
                self.model_opt_out_lead(lead)
            self.model_reply(lead, at)
        elif letter.source == "bounce":
            channel = letter.payload["channel"]
            value = opened["value"]
            outcome = "redriven" if self.having(channel, value) else "waiting"
            self.model_bounce(channel, value, letter.payload["hard"])
        else:
            lead = next(x for x in self.leads.values() if str(x.id) == letter.payload["lead"])
            channel = letter.payload["channel"]
            order = lead.orders[channel]
            if (
                order.state == "dead"
                and lead.status == "active"
                and self.usable(lead, channel)
                and self.contactable(lead)
                and not self.is_called_enough(lead, channel)
            ):
                order.state, order.attempts, order.not_before = "pending", 0, self.now
            else:
                outcome = "waiting"
        assert result.outcome == outcome
        self.letters[letter.source] -= outcome == "redriven"

    # ---- both agree

    @invariant()
    def both_agree(self):
        found = {
            row.id: row[1:]
            for row in self.db.rows(
                """
                select l.id, l.campaign_status, l.consent, l.phone_verified, l.email_verified,
                       l.phone_verification_codes, l.email_verification_codes, l.added_to_campaign_at,
                       l.current_sequence_step, l.call_attempt_count, l.vapi_call_id, l.last_reply_at, l.booked_at,
                       (select coalesce(json_agg(json_build_array(k.channel, k.verified, k.verification_codes,
                                 k.do_not_call, k.verify_tries) order by k.channel desc, k.position), '[]')
                          from lead_contacts as k where k.lead_id = l.id) as contacts,
                       (select coalesce(json_object_agg(d.channel, json_build_array(d.id, d.state, d.attempts,
                                 d.external_id, extract(epoch from d.not_before)::text, d.lease_token,
                                 d.is_settled)), '{}')
                          from deliveries as d where d.lead_id = l.id) as orders
                  from leads as l
                """
            )
        }
        expected = {
            lead.id: (
                lead.status, lead.consent, lead.verified("phone"), lead.verified("email"), lead.codes("phone"),
                lead.codes("email"), lead.added_at, lead.step, lead.calls, lead.call_id, lead.last_reply_at,
                lead.booked_at,
                [
                    [channel, c.verified, c.codes, c.do_not_call, c.tries]
                    for channel, contacts in lead.contacts.items()
                    for c in contacts
                ],
                {
                    channel: [o.id, o.state, o.attempts, o.external_id, f"{o.not_before.timestamp():.6f}",
                              o.token and str(o.token), o.is_settled]
                    for channel, o in lead.orders.items()
                },
            )
            for lead in self.leads.values()
        }  # fmt: skip
        assert found == expected
        counts = self.db.one(
            """
            select (select count(*) from suppressions) as suppressed,
                   (select coalesce(array_agg(c.lead_id order by c.lead_id), '{}')
                      from contactable as c) as contactable,
                   (select coalesce(json_object_agg(d.day, d.fed), '{}')
                      from campaign_days as d where d.fed > 0) as fed,
                   (select bool_or('phone' = any(c.paused_channels)) from campaigns as c) as phone_paused,
                   (select coalesce(json_object_agg(q.source, q.n), '{}')
                      from (select source, count(*) as n from pipeline_dlq where state = 'waiting' group by 1) as q
                   ) as letters,
                   (select count(*) from broken_consents()) as broken
            """
        )
        assert counts == (
            len(self.suppressed),
            self.all_contactable(),
            {str(day): fed for day, fed in self.fed.items() if fed},
            self.phone_paused,
            {source: n for source, n in self.letters.items() if n},
            0,
        )

    def all_contactable(self) -> list[Any]:
        return sorted(lead.id for lead in self.leads.values() if self.contactable(lead))

    @rule()
    def the_materialized_view_is_refreshed(self):
        self.db.execute("call refresh_contactable_leads()")
        shown = [row.lead_id for row in self.db.rows("select lead_id from mv_contactable_leads order by 1")]
        assert shown == self.all_contactable()

    @rule(pick=PICK)
    def somebody_asks_why_a_lead_is_contactable_or_not(self, pick):
        lead = self.lead(pick)
        query = "select bool_and(holds) from explain_contactable(%s)"
        assert self.db.value(query, lead.id) == self.contactable(lead)

    @rule(channel=st.sampled_from(["phone", "email"]))
    def somebody_asks_who_is_suppressed(self, channel):
        for value in VALUES[channel]:
            answer = self.db.value("select is_suppressed(%s, %s)", channel, value)
            assert answer == ((channel, value) in self.suppressed)

    @invariant()
    def who_would_be_contacted_is_the_same(self):
        """At noon two days on, when neither hours nor leases nor most waits stand in the way."""
        with self.db.undone():
            for channel in ("phone", "email"):
                wanted, _ = self.claimed(channel, (self.now + timedelta(days=2)).replace(hour=19))
                assert not {(channel, contact.value) for _, _, contact in wanted} & set(self.suppressed)


def test_whatever_happens_to_leads_the_model_says_the_same(db):
    run_state_machine_as_test(lambda: LeadLife(db), settings=settings(stateful_step_count=40))


def test_it_drives_every_public_function_of_the_two_stages():
    stages = [Path(__file__).parents[2] / "sql" / stage for stage in ("3_verify", "4_campaign")]
    public = {path.stem for stage in stages for path in stage.rglob("*.sql") if "\ngrant execute" in path.read_text()}
    text = Path(__file__).read_text().replace("db.feed(", "feed_campaign(").replace("db.claim(", "claim_deliveries(")

    assert len(public) == 19
    assert {name for name in public if f"{name}(" not in text} == set()
