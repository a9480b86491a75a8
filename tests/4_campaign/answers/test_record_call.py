import csv
import uuid
from datetime import timedelta
from pathlib import Path

import pytest


def test_a_service_records_a_call_at_the_servers_time(db):
    (lead,) = db.leads(1, status="active")
    before = db.value("select clock_timestamp()")

    with db.acting_as("pipeline_writer"):
        outcome = db.value("select record_call('call-1', %s, 'voicemail', 9000, 'e-1')", lead)

    assert outcome == "tried"
    occurred_at = db.value("select occurred_at from pipeline_events where stage = 'called'")
    assert before < occurred_at < db.value("select clock_timestamp()")


@pytest.fixture
def claimed(db, clock):
    """A claimed call, and the lead it goes to."""
    db.leads(1, status="queued")
    db.feed()
    clock.set("2026-03-09 10:00")
    return db.claim()[0]


def end(db, lead, reason, call="call-1", event=None):
    return db.value(
        "select record_call(%s, %s, %s, 61000, %s, %s)", call, lead, reason, event or f"e-{call}", db.clock.now
    )


def finish(db, delivery, external_id="call-1"):
    return db.value(
        "select finish_delivery(%s, %s, 201, 120, null, %s, %s)",
        delivery.id, delivery.token, external_id, db.clock.now,
    )  # fmt: skip


def lead_of(db, lead):
    return db.one("select * from leads where id = %s", lead)


def delivery_of(db, lead):
    return db.one("select * from deliveries where lead_id = %s and channel = 'phone'", lead)


ENDS = [
    ("customer-ended-call", "reached", 1),
    ("voicemail", "tried", 1),
    ("customer-did-not-answer", "tried", 1),
    ("customer-sang", "tried", 1),
    ("pipeline-error-openai-500-server-error", "failed", 0),
    ("call.start.error-subscription-frozen", "misconfigured", 0),
    ("sip-outbound-unallocated-number", "rejected", 0),
    ("manually-canceled", "cancelled", 0),
]


@pytest.mark.parametrize("end_first", [True, False])
@pytest.mark.parametrize(("reason", "outcome", "attempts"), ENDS)
def test_the_count_is_right_whether_the_end_or_the_vendors_answer_comes_first(
    db, claimed, reason, outcome, attempts, end_first
):
    if end_first:
        assert end(db, claimed.lead_id, reason) == outcome
        assert finish(db, claimed) == "stale"
    else:
        assert finish(db, claimed) == "delivered"
        assert end(db, claimed.lead_id, reason) == outcome

    lead = lead_of(db, claimed.lead_id)
    assert (lead.call_attempt_count, lead.vapi_call_id, lead.current_sequence_step) == (attempts, "call-1", 1)


# by effect, else by effect and fault: the answer, calls counted, the delivery's state, the number, channels paused
FOLLOWS = {
    "reached": ("reached", 1, "delivered", True, []),
    "no_answer": ("tried", 1, "pending", True, []),
    "busy": ("tried", 1, "pending", True, []),
    "voicemail": ("tried", 1, "pending", True, []),
    "failed_retry": ("failed", 0, "pending", True, []),
    ("failed_retry", "config"): ("misconfigured", 0, "pending", True, ["phone"]),
    ("failed_permanent", "number"): ("rejected", 0, "cancelled", False, []),
    ("failed_permanent", "operator"): ("cancelled", 0, "delivered", True, []),
}


def test_every_reason_of_vapi_does_what_its_effect_and_fault_say(db, claimed):
    reasons = Path(__file__).parents[2] / "data" / "vapi_ended_reasons.csv"
    known = list(csv.DictReader(reasons.read_text().splitlines()))
    assert len(known) == 614

    wrong = []
    for row in known:
        with db.undone():
            answer = end(db, claimed.lead_id, row["reason"])
            lead, delivery = lead_of(db, claimed.lead_id), delivery_of(db, claimed.lead_id)
            paused = db.value("select paused_channels from campaigns")
            found = (answer, lead.call_attempt_count, delivery.state, lead.phone_verified, paused)
            expected = FOLLOWS.get((row["effect"], row["fault"])) or FOLLOWS[row["effect"]]
            if (found, lead.campaign_status, lead.vapi_call_id) != (expected, "active", "call-1"):
                wrong.append((row["reason"], found))
    assert wrong == []


def test_an_unknown_reason_loses_nothing_and_is_seen(db, clock, claimed):
    assert end(db, claimed.lead_id, "customer-sang") == "tried"

    assert (lead_of(db, claimed.lead_id).call_attempt_count, delivery_of(db, claimed.lead_id).state) == (1, "pending")
    assert db.value("select detail ->> 'reason' from pipeline_events where stage = 'called'") == "customer-sang"
    health = "select status, detail from health_of_calls(%s) where check_name = 'unknown_call_reasons'"
    assert db.one(health, clock.now) == ("warn", "unknown: customer-sang (1 call)")


@pytest.mark.parametrize(("event", "call"), [("e-call-1", "call-2"), ("other", "call-1")])
def test_an_event_and_a_call_count_once(db, claimed, event, call):
    end(db, claimed.lead_id, "voicemail")

    assert end(db, claimed.lead_id, "voicemail", call, event) == "repeated"
    assert lead_of(db, claimed.lead_id).call_attempt_count == 1


@pytest.mark.parametrize("reason", ["customer-ended-call", "manually-canceled"])
def test_who_was_reached_is_not_called_again_although_the_answer_to_the_delivery_never_came(db, clock, claimed, reason):
    end(db, claimed.lead_id, reason)
    clock.move(days=1)

    assert delivery_of(db, claimed.lead_id).state == "delivered"
    assert db.claim() == []


@pytest.mark.parametrize("first", ["customer-ended-call", "manually-canceled"])
@pytest.mark.parametrize("late", ["voicemail", "pipeline-error-openai-500-server-error"])
@pytest.mark.parametrize("answer_of", ["neither", "the first", "the second"])
def test_who_was_reached_is_not_called_again_for_the_end_of_another_call_told_later(
    db, clock, claimed, first, late, answer_of
):
    if answer_of == "the first":
        finish(db, claimed, "call-1")
    elif answer_of == "the second":
        finish(db, claimed, "call-2")
    end(db, claimed.lead_id, first, "call-1")

    end(db, claimed.lead_id, late, "call-2")

    clock.move(days=2)
    assert db.claim() == []
    assert lead_of(db, claimed.lead_id).campaign_status == "active"


def test_who_was_reached_before_is_not_failed_by_the_last_try(db, claimed):
    db.execute("update campaigns set max_attempts = 2")
    end(db, claimed.lead_id, "customer-ended-call", "call-1")

    end(db, claimed.lead_id, "voicemail", "call-2")

    lead = lead_of(db, claimed.lead_id)
    assert (lead.campaign_status, lead.call_attempt_count) == ("active", 2)


@pytest.mark.parametrize("meanwhile", ["rejected", "opted out"])
def test_no_such_number_is_said_of_the_number_that_was_called(db, clock, meanwhile):
    (lead,) = db.leads(1, status="queued", phones=2)
    db.feed()
    clock.set("2026-03-09 10:00")
    (call,) = db.claim()
    if meanwhile == "rejected":
        db.execute("select record_bounce('phone', %s, true, 'b-1', %s)", (call.contact, clock.now))
    else:
        db.execute("select opt_out('phone', %s, 'asked', 'test', %s)", (call.contact, clock.now))

    end(db, lead, "sip-outbound-unallocated-number")

    contacts = db.rows("select verified from lead_contacts where channel = 'phone' order by position")
    assert [contact.verified for contact in contacts] == [False, True]


def test_who_did_not_answer_is_called_again_a_day_later(db, clock, claimed):
    finish(db, claimed)
    end(db, claimed.lead_id, "customer-did-not-answer")

    clock.move(hours=23)
    assert db.claim() == []
    clock.move(hours=1)
    assert [d.lead_id for d in db.claim()] == [claimed.lead_id]


def test_after_as_many_tries_as_the_campaign_allows_the_lead_is_failed(db, clock, claimed):
    db.execute("update campaigns set max_attempts = 3")
    end(db, claimed.lead_id, "voicemail", "call-1")
    end(db, claimed.lead_id, "customer-busy", "call-2")
    assert lead_of(db, claimed.lead_id).campaign_status == "active"

    end(db, claimed.lead_id, "customer-did-not-answer", "call-3")

    assert lead_of(db, claimed.lead_id).campaign_status == "failed"
    assert {d.state for d in db.rows("select state from deliveries")} == {"delivered", "cancelled"}
    clock.move(days=2)
    assert db.claim() == []


def test_who_is_reached_by_the_last_call_stays_active(db, claimed):
    db.execute("update campaigns set max_attempts = 1")

    end(db, claimed.lead_id, "customer-ended-call")

    assert lead_of(db, claimed.lead_id).campaign_status == "active"


def test_a_vendors_failure_burns_no_attempt_and_is_tried_again(db, clock, claimed):
    db.execute("update campaigns set max_attempts = 2")
    for number in range(5):
        end(db, claimed.lead_id, "pipeline-error-openai-500-server-error", f"call-{number}")

        assert delivery_of(db, claimed.lead_id).state == "pending"
        assert delivery_of(db, claimed.lead_id).not_before <= clock.now + timedelta(hours=6)
        clock.set(f"2026-03-1{number} 10:00")
        assert len(db.claim()) == 1
    assert (lead_of(db, claimed.lead_id).call_attempt_count, db.value("select count(*) from pipeline_dlq")) == (0, 0)


def test_our_own_configurations_failure_pauses_the_phone_of_the_campaign(db, clock, claimed):
    db.execute("insert into campaigns (name) values ('other')")
    finish(db, claimed)

    for call in ("call-1", "call-2"):
        assert end(db, claimed.lead_id, "call.start.error-subscription-frozen", call) == "misconfigured"

    assert db.rows("select name, paused_channels from campaigns order by id") == [("default", ["phone"]), ("other", [])]
    assert db.claim() == []
    assert len(db.claim("email")) == 1
    db.execute("update campaigns set paused_channels = '{}'")
    assert [d.lead_id for d in db.claim()] == [claimed.lead_id]


def test_no_such_number_rejects_the_contact_and_a_lead_without_another_is_invalid(db, claimed):
    db.execute("update campaigns set channels = '{phone}'")

    end(db, claimed.lead_id, "sip-outbound-unallocated-number")

    lead = lead_of(db, claimed.lead_id)
    assert (lead.phone_verified, lead.phone_verification_codes) == (False, ["UNDELIVERABLE"])
    assert (lead.campaign_status, delivery_of(db, lead.id).state) == ("invalid", "cancelled")


def test_a_lead_with_a_verified_address_stays_active_but_is_not_called(db, claimed):
    end(db, claimed.lead_id, "sip-outbound-unallocated-number")

    assert (lead_of(db, claimed.lead_id).campaign_status, delivery_of(db, claimed.lead_id).state) == (
        "active",
        "cancelled",
    )


def test_the_next_number_is_called_at_once(db, clock):
    (lead,) = db.leads(1, status="queued", phones=2)
    db.feed()
    clock.set("2026-03-09 10:00")
    finish(db, db.claim()[0])

    end(db, lead, "sip-outbound-unallocated-number")

    assert [d.contact for d in db.claim()] == [db.contact(lead, "phone", 2)]


@pytest.mark.parametrize("status", ["replied", "booked", "opted_out"])
@pytest.mark.parametrize(("reason", "outcome", "attempts"), ENDS)
def test_the_end_of_a_call_after_what_it_led_to_counts_and_moves_nothing(
    db, claimed, status, reason, outcome, attempts
):
    if status == "opted_out":
        db.execute("select opt_out('phone', %s, 'x', 'y', %s)", (claimed.contact, db.clock.now))
    else:
        db.execute("update leads set campaign_status = 'replied'")
        db.execute("update leads set campaign_status = %s", (status,))

    assert end(db, claimed.lead_id, reason) == outcome

    lead = lead_of(db, claimed.lead_id)
    assert (lead.campaign_status, lead.call_attempt_count) == (status, attempts)
    assert {d.state for d in db.rows("select state from deliveries")} == {"cancelled"}
    assert db.claim() == []


@pytest.mark.parametrize("lead", [uuid.uuid4(), None])
def test_the_call_of_a_lead_nobody_knows_is_kept(db, clock, lead):
    assert end(db, lead, "voicemail") == "unknown"

    letter = db.one("select * from pipeline_dlq")
    assert (letter.source, letter.payload["reason"], letter.payload["call"]) == ("call", "voicemail", "call-1")


def test_the_event_says_how_it_ended(db, claimed):
    end(db, claimed.lead_id, "voicemail")

    event = db.one("select * from pipeline_events where stage = 'called'")
    assert (event.lead_id, event.service, event.duration_ms) == (claimed.lead_id, "vapi", 61000)
    assert event.detail == {"reason": "voicemail", "effect": "voicemail", "fault": "none"}


def test_without_an_event_id_it_is_refused(db, clock):
    with db.refused("PF084"):
        end(db, uuid.uuid4(), "voicemail", event=" ")


def test_who_holds_the_lead_records_what_another_session_is_recording(clone, connect):
    (lead,) = clone.leads(1, status="active")
    record = "select record_call('call-1', %s, 'voicemail', 61000, 'e-1')"
    first, second = connect(), connect()

    with first.transaction():
        first.execute("select from leads where id = %s for update", (lead,))
        waiting = second.in_background(record, lead).wait_until_blocked(clone)
        assert first.value(record, lead) == "tried"

    assert waiting.result() == [("repeated",)]


def test_it_waits_for_a_change_of_the_code_map_before_it_takes_the_lead(clone, connect):
    (lead,) = clone.leads(1, status="active")
    editor, service = connect(), connect()

    with editor.transaction():
        editor.execute("lock table verification_code_map in row exclusive mode")
        waiting = service.in_background("select record_call('call-1', %s, 'voicemail', 9000, 'e-1')", lead)
        waiting.wait_until_blocked(clone)
        editor.execute("select from leads where id = %s for update nowait", (lead,))

    waiting.result()
