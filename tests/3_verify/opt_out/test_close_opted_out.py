"""close_opted_out: what an opt-out does to the leads that have the value."""

import pytest


def close(db, *leads, news=True):
    """The phones are suppressed and the leads closed, as suppress_value does it."""
    db.execute(
        "insert into suppressions (channel, value_hash, reason, source, suppressed_at)"
        " select channel, value_hash, 'reply STOP', 'twilio', %s from lead_contacts"
        " where lead_id = any(%s) and channel = 'phone' on conflict do nothing",
        (db.clock.now, list(leads)),
    )
    query = "select close_opted_out(%s, %s, 'phone', 'reply STOP', 'twilio', null, null, %s)"
    db.execute(query, (list(leads), news, db.clock.now))


def test_consent_is_withdrawn_and_the_time_it_was_given_stays(db):
    [lead] = db.leads(1, consent=True)
    given_at = db.value("select consented_at from leads where id = %s", lead)

    close(db, lead)

    assert db.one("select consent, consented_at from leads where id = %s", lead) == (False, given_at)
    proof = db.one("select * from consents where lead_id = %s", lead)
    assert (proof.action, proof.method, proof.recorded_at) == ("withdrawn", "opt_out", db.clock.now)


def test_without_consent_there_is_nothing_to_withdraw(db):
    [lead] = db.leads(1, consent=False)

    close(db, lead)

    assert db.value("select count(*) from consents where lead_id = %s", lead) == 0


@pytest.mark.parametrize("state", ["pending", "claimed"])
def test_what_waits_to_be_sent_is_cancelled(db, add_delivery, state):
    [lead] = db.leads(1)
    open_one, done = add_delivery(db, lead, state), add_delivery(db, lead, "delivered", "email")

    close(db, lead)

    row = db.one("select state, lease_token, finished_at from deliveries where id = %s", open_one)
    assert row == ("cancelled", None, db.clock.now)
    assert db.value("select state from deliveries where id = %s", done) == "delivered"


@pytest.mark.parametrize(
    ("status", "after"),
    [
        ("new", "opted_out"),
        ("queued", "opted_out"),
        ("active", "opted_out"),
        ("replied", "opted_out"),
        ("paused", "opted_out"),
        ("booked", "opted_out"),
        ("completed", "completed"),
        ("bounced", "bounced"),
        ("opted_out", "opted_out"),
    ],
)
def test_the_state_moves_where_the_move_exists(db, status, after):
    [lead] = db.leads(1, status=status)

    close(db, lead)

    row = db.one("select campaign_status, consent from leads where id = %s", lead)
    assert row == (after, False)
    if status != after:
        assert db.value("select campaign_status_at from leads where id = %s", lead) == db.clock.now


def test_each_lead_has_an_event_that_says_what_was_done(db, add_delivery):
    lead, other = db.leads(2, consent=True)
    add_delivery(db, lead)

    close(db, lead, other)

    events = db.rows("select lead_id, source, detail from pipeline_events where stage = 'suppression' order by id")
    assert [event.lead_id for event in events] == [lead, other]
    assert events[0].source == "twilio"
    assert events[0].detail == {
        "action": "added",
        "channel": "phone",
        "reason": "reply STOP",
        "withdrawn": True,
        "moved": True,
        "cancelled": 1,
    }
    assert events[1].detail["cancelled"] == 0


def test_a_lead_that_nothing_is_left_to_do_for_is_not_told_again(db):
    [lead] = db.leads(1)
    close(db, lead)
    close(db, lead, news=False)

    assert db.value("select count(*) from pipeline_events where stage = 'suppression' and lead_id = %s", lead) == 1


def test_where_nothing_was_sent_nothing_is_cancelled(db, last_event):
    [lead] = db.leads(1, consent=False)

    close(db, lead)

    assert last_event(db, "suppression").detail["cancelled"] == 0


def test_no_leads_are_no_work(db):
    close(db)

    assert db.value("select count(*) from pipeline_events where stage = 'suppression'") == 0
