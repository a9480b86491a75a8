from datetime import timedelta

import pytest


@pytest.fixture
def unknown(db, clock):
    """``unknown(body)``: the letter of a reply from +12135550100, whom nobody knew."""

    def reply(body="Who is this?", occurred_at=None):
        db.execute("select record_reply('phone', '(213) 555-0100', %s, 'r-1', %s, %s)", (body, occurred_at, clock.now))
        return db.one("select * from pipeline_dlq")

    return reply


def redrive(db, letter, lead=None):
    return db.one("select * from redrive_dlq(%s, null, %s, %s)", letter.id, lead, db.clock.now)


def sender(db):
    """The sender comes in by a file, and is contacted."""
    receipt = db.ingest("mak,phone 1\n0000000001,2135550100\n")
    lead = db.value("select lead_id from upload_rows where upload_id = %s", receipt.upload_id)
    db.execute("update leads set campaign_status = 'queued', campaign_id = 1 where id = %s", (lead,))
    db.execute("update leads set campaign_status = 'active', campaign_status_at = %s", (db.clock.now,))
    return lead


def test_it_is_recorded_once_its_lead_is_there(db, clock, unknown, letter):
    kept = unknown(occurred_at=clock.now - timedelta(minutes=5))
    assert redrive(db, kept).message == "no lead has the sender's contact"

    came = clock.now
    lead = sender(db)
    clock.move(hours=3)

    assert redrive(db, kept) == ("redriven", "the reply is recorded", lead, None)
    assert db.one("select campaign_status, last_reply_at from leads") == ("replied", came - timedelta(minutes=5))
    assert letter(kept.id).state == "redriven"


def test_somebody_can_say_whose_it_is(db, clock, unknown):
    (lead,) = db.leads(1, status="active")

    assert redrive(db, unknown(), lead).lead_id == lead
    assert db.value("select campaign_status from leads where id = %s", lead) == "replied"


def test_a_stop_reaches_the_lead_that_came_since(db, clock, unknown):
    kept = unknown("STOP")
    lead = sender(db)

    assert redrive(db, kept).lead_id == lead

    assert db.value("select campaign_status from leads") == "opted_out"


@pytest.mark.parametrize("sender", ["(213) 555-0100", "70123"], ids=["a phone", "an unreadable sender"])
def test_a_stop_reaches_the_lead_that_somebody_named(db, clock, sender):
    (lead,) = db.leads(1, status="active")
    db.execute("select record_reply('phone', %s, 'STOP', 'r-1', null, %s)", (sender, clock.now))

    assert redrive(db, db.one("select * from pipeline_dlq"), lead).lead_id == lead

    assert db.one("select campaign_status, consent from leads") == ("opted_out", False)
    for channel in ("phone", "email"):
        assert db.value("select is_suppressed(%s, %s)", channel, db.contact(lead, channel))


def test_a_stop_that_a_later_consent_has_undone_is_a_reply_only(db, clock, unknown):
    kept = unknown("STOP")
    lead = sender(db)
    db.execute("delete from suppressions")

    assert redrive(db, kept).lead_id == lead

    assert db.value("select campaign_status from leads") == "replied"
    assert db.rows("select * from suppressions") == []


def test_nothing_personal_is_in_clear(db, clock, unknown):
    redrive(db, unknown("Adalovelace here"))

    for table in ("pipeline_dlq", "pipeline_events"):
        text = db.value(f"select string_agg(to_jsonb(t)::text, '') from {table} as t")
        assert "Adalovelace" not in text and "5550100" not in text
