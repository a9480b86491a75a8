import uuid
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st


def test_a_writer_finishes_and_a_token_nobody_has_is_stale(db):
    with db.acting_as("pipeline_writer"):
        assert db.value("select finish_delivery(1, %s, 200)", uuid.uuid4()) == "stale"


@pytest.fixture
def claimed(db, clock):
    db.leads(1, status="queued")
    db.feed()
    clock.set("2026-03-09 10:00")
    return db.claim()[0]


def finish(db, delivery, status, retry_after=None, external_id=None):
    return db.value(
        "select finish_delivery(%s, %s, %s, 120, %s, %s, %s)",
        delivery.id, delivery.token, status, retry_after, external_id, db.clock.now,
    )  # fmt: skip


def row_of(db, delivery):
    return db.one("select * from deliveries where id = %s", delivery.id)


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_a_success_is_delivered_and_counts_on_the_lead(db, claimed, status):
    assert finish(db, claimed, status, external_id="call-1") == "delivered"

    lead = db.one("select * from leads where id = %s", claimed.lead_id)
    assert (lead.current_sequence_step, lead.call_attempt_count, lead.vapi_call_id) == (1, 0, "call-1")
    assert (row_of(db, claimed).state, row_of(db, claimed).external_id) == ("delivered", "call-1")


@pytest.mark.parametrize("status", [429, 500, 502, 503, 408, None])
def test_what_may_pass_is_tried_again_later(db, clock, claimed, status):
    assert finish(db, claimed, status) == "retry"

    row = row_of(db, claimed)
    assert (row.state, row.lease_token, row.last_http_status) == ("pending", None, status)
    assert clock.now <= row.not_before <= clock.now + timedelta(seconds=60)


@pytest.mark.parametrize(
    ("header", "seconds"), [("120", 120), ("Mon, 09 Mar 2026 17:10:00 GMT", 600)], ids=["seconds", "date"]
)
def test_what_the_vendor_asks_for_is_waited(db, clock, claimed, header, seconds):
    finish(db, claimed, 429, header)

    assert row_of(db, claimed).not_before >= clock.now + timedelta(seconds=seconds)
    assert db.claim() == []
    clock.move(seconds=seconds + 60)
    assert len(db.claim()) == 1


@pytest.mark.parametrize("status", [400, 401, 404, 410, 422, 302])
def test_what_will_not_pass_is_a_dead_letter_at_once(db, claimed, status):
    assert finish(db, claimed, status) == "dead"

    letter = db.one("select * from pipeline_dlq where source = 'delivery'")
    assert (letter.payload["delivery"], letter.reason) == (claimed.id, f"the vendor answered {status}")
    assert letter.hint


def test_after_the_last_attempt_it_is_a_dead_letter(db, clock, claimed):
    db.execute("update campaigns set max_attempts = 2")
    assert finish(db, claimed, 503) == "retry"
    clock.move(minutes=5)

    (again,) = db.claim()

    assert finish(db, again, 503) == "dead"
    assert db.one("select payload ->> 'attempts', attempts from pipeline_dlq") == ("2", 0)


@given(st.one_of(st.none(), st.integers(100, 599), st.integers(-1000, 100000)), st.integers(1, 8))
def test_any_status_ends_it_or_has_it_tried_again_until_the_last_attempt(db, clock, claimed, status, attempts):
    passes = status is not None and 200 <= status <= 299
    may_pass_later = status is None or status in (408, 425, 429) or not 100 <= status <= 499
    with db.undone():
        db.execute("update deliveries set attempts = %s", (attempts,))

        outcome = finish(db, claimed, status)

        expected = "delivered" if passes else "retry" if may_pass_later and attempts < 8 else "dead"
        row = row_of(db, claimed)
        assert outcome == expected
        assert row.state == ("pending" if expected == "retry" else expected)
        assert (row.lease_token, row.last_http_status) == (None, status)
        assert len(db.rows("select from pipeline_dlq")) == (expected == "dead")
        if expected == "retry":
            limit = min(30 * 2**attempts, 6 * 3600)
            assert timedelta(0) <= row.not_before - clock.now <= timedelta(seconds=limit)


def test_a_late_finisher_is_told_that_it_is_stale(db, clock, claimed):
    clock.move(minutes=6)
    (again,) = db.claim()

    assert finish(db, claimed, 200) == "stale"
    assert row_of(db, claimed).state == "claimed"
    assert finish(db, again, 200) == "delivered"
    assert finish(db, again, 200) == "stale"


def cancel(db, delivery):
    db.execute("update leads set campaign_status = 'replied' where id = %s", (delivery.lead_id,))


def claim_again(db, delivery):
    db.clock.move(minutes=6)
    assert len(db.claim()) == 1


@pytest.mark.parametrize("meanwhile", [cancel, claim_again])
@pytest.mark.parametrize(("status", "step"), [(200, 1), (503, 0), (404, 0), (None, 0)])
def test_what_a_late_finisher_has_sent_counts_as_a_step_all_the_same(db, claimed, meanwhile, status, step):
    meanwhile(db, claimed)
    before = row_of(db, claimed)

    assert finish(db, claimed, status) == "stale"

    assert row_of(db, claimed) == before
    lead = db.one("select current_sequence_step, vapi_call_id from leads where id = %s", claimed.lead_id)
    assert lead == (step, None)


def test_nothing_counts_of_a_delivery_that_nobody_has_claimed(db, clock):
    db.leads(1, status="active", emails=0)
    id = db.value("select id from deliveries")

    answer = db.value("select finish_delivery(%s, gen_random_uuid(), 200, 1, null, null, %s)", id, clock.now)

    assert (answer, db.value("select current_sequence_step from leads")) == ("stale", 0)


def test_every_answer_is_an_event(db, claimed):
    finish(db, claimed, 429)

    event = db.one("select * from pipeline_events where stage = 'api'")
    assert (event.http_status, event.duration_ms, event.service) == (429, 120, "phone")
    assert event.detail == {"delivery": claimed.id, "outcome": "retry"}


def test_an_opt_out_meanwhile_is_waited_for_and_not_in_a_circle(clone, connect, clock):
    (lead,) = clone.leads(1, status="queued", emails=0)
    clone.feed()
    clock.set("2026-03-09 10:00")
    (delivery,) = clone.claim()
    phone = clone.contact(lead)
    vendor = connect()

    with clone.transaction():
        clone.execute("select from leads where id = %s for update", (lead,))
        waiting = vendor.in_background(
            "select finish_delivery(%s, %s, 200, 1, null, null, %s)", delivery.id, delivery.token, clock.now
        ).wait_until_blocked(connect())
        clone.execute("select opt_out('phone', %s, 'asked', 'test')", (phone,))

    assert waiting.result() == [("stale",)]


def test_an_absurdly_long_id_of_the_vendor_does_not_leave_the_delivery_unfinished(db, claimed):
    long_id = "".join(f"{n:x}" for n in range(10_000))

    assert finish(db, claimed, 201, external_id=long_id) == "delivered"
    assert db.value("select vapi_call_id from leads where id = %s", claimed.lead_id) == long_id[:200]
