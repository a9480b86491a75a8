import json

import pytest


def test_a_writer_records_a_reply_and_learns_whose_it_is(db):
    (lead,) = db.leads(1, status="active")
    phone = db.contact(lead)

    with db.acting_as("pipeline_writer"):
        assert db.value("select record_reply('phone', %s, 'Yes?', 'sms-1')", phone) == lead


def reply(db, sender, body="Tell me more", event="sms-1", channel="phone", at=None):
    return db.value("select record_reply(%s, %s, %s, %s, %s, %s)", channel, sender, body, event, at, db.clock.now)


def lead_of(db, lead):
    return db.one("select * from leads where id = %s", lead)


def test_an_active_lead_is_replied_however_the_sender_is_spelled(db, clock):
    (lead,) = db.leads(1, status="active")
    number = db.contact(lead)

    assert reply(db, f"({number[2:5]}) {number[5:8]}-{number[8:]}") == lead

    assert (lead_of(db, lead).campaign_status, lead_of(db, lead).last_reply_at) == ("replied", clock.now)


def test_an_event_counts_once(db, clock):
    (lead,) = db.leads(1, status="active")
    reply(db, db.contact(lead))
    first = lead_of(db, lead)

    clock.move(hours=1)
    assert reply(db, db.contact(lead)) == lead

    assert lead_of(db, lead) == first
    assert db.value("select count(*) from pipeline_events where stage = 'reply'") == 1


@pytest.mark.parametrize("body", ["STOP", "stop.", "please stop calling me", "Unsubscribe"])
def test_who_asks_to_be_left_alone_is(db, clock, body):
    (lead,) = db.leads(1, status="active")

    assert reply(db, db.contact(lead), body) == lead

    assert lead_of(db, lead).campaign_status == "opted_out"
    assert db.value("select is_suppressed('phone', %s)", db.contact(lead))


def test_a_reply_from_another_state_only_leaves_its_time(db, clock):
    (lead,) = db.leads(1, status="paused")

    reply(db, db.contact(lead))

    assert (lead_of(db, lead).campaign_status, lead_of(db, lead).last_reply_at) == ("paused", clock.now)


def test_replies_that_arrive_out_of_order_leave_the_latest_time(db, clock):
    (lead,) = db.leads(1, status="active")
    earlier = clock.now

    reply(db, db.contact(lead), event="late", at=clock.move(hours=2))
    reply(db, db.contact(lead), event="early", at=earlier)

    assert lead_of(db, lead).last_reply_at == clock.now


def test_a_sender_nobody_knows_is_kept_sealed(db, clock):
    assert reply(db, "+12025550123", "who is this?") is None

    letter = db.one("select * from pipeline_dlq")
    assert "555" not in json.dumps(letter.payload) + letter.reason
    opened = db.value("select convert_from(unseal('pipeline_dlq.sealed/' || id, sealed), 'UTF8') from pipeline_dlq")
    assert json.loads(opened) == {"from": "+12025550123", "body": "who is this?", "event": "sms-1"}


def test_a_stop_of_somebody_nobody_knows_holds_for_later_leads(db, clock):
    reply(db, "+12025550123", "STOP")

    assert db.value("select is_suppressed('phone', '+12025550123')")


def test_of_several_leads_with_the_contact_the_active_one_is_meant(db, clock):
    active, other = db.leads(2, status="active")
    db.execute("update leads set campaign_status = 'paused' where id = %s", (other,))
    db.execute(
        "update lead_contacts as k set value_hash = a.value_hash from lead_contacts as a"
        " where a.lead_id = %s and a.channel = 'phone' and k.lead_id = %s and k.channel = 'phone'",
        (active, other),
    )

    assert reply(db, db.contact(active)) == active


def test_without_an_event_id_it_is_refused(db, clock):
    for event in (None, " "):
        with db.refused("PF084"):
            reply(db, "+12025550123", event=event)


def test_a_stop_is_heard_whatever_its_event_id(db, clock):
    one, other, third = db.leads(3, status="active")
    reply(db, db.contact(one), "hello", event="42")

    reply(db, db.contact(other, "email"), "STOP", event="42", channel="email")
    reply(db, db.contact(third), "STOP", event=None)
    reply(db, db.contact(one), "STOP", event="42")

    assert {row.campaign_status for row in db.rows("select campaign_status from leads")} == {"opted_out"}


def test_an_id_of_any_length_counts_once(db, clock):
    (lead,) = db.leads(1, status="active")

    reply(db, db.contact(lead), event="x" * 100_000)
    reply(db, db.contact(lead), event="x" * 100_000)

    assert db.value("select count(*) from pipeline_events where stage = 'reply'") == 1


def test_a_reply_from_the_future_is_from_now(db, clock):
    (lead,) = db.leads(1, status="active")

    reply(db, db.contact(lead), at="9999-01-01")

    assert lead_of(db, lead).last_reply_at == clock.now


def test_a_reply_after_the_opt_out_and_an_opt_out_after_the_reply_leave_the_same(db, clock):
    one, other = db.leads(2, status="active")
    reply(db, db.contact(one), "STOP", event="1")
    reply(db, db.contact(one), "yes, call me", event="2")

    reply(db, db.contact(other), "yes, call me", event="3")
    reply(db, db.contact(other), "STOP", event="4")

    for lead in (lead_of(db, one), lead_of(db, other)):
        assert (lead.campaign_status, lead.consent, lead.last_reply_at) == ("opted_out", False, clock.now)


def test_a_booking_before_its_reply_and_after_it_leave_the_same(db, clock):
    one, other = db.leads(2, status="active")
    book = "select record_booking(%s, null, %s, %s)"
    db.execute(book, (one, "b-1", clock.now))
    reply(db, db.contact(one), event="1")

    reply(db, db.contact(other), event="2")
    db.execute(book, (other, "b-2", clock.now))

    for lead in (lead_of(db, one), lead_of(db, other)):
        assert (lead.campaign_status, lead.last_reply_at, lead.booked_at) == ("booked", clock.now, clock.now)


@pytest.mark.parametrize("sender", ["Ada Lead <{}>", "<{}>", "mailto:{}"])
def test_a_stop_by_e_mail_reaches_the_lead_however_the_sender_is_written(db, clock, sender):
    [lead] = db.leads(1, status="active")
    email = db.contact(lead, "email")

    db.execute("select record_reply('email', %s, 'STOP', 'e-1', null, %s)", (sender.format(email.upper()), clock.now))

    assert db.value("select is_suppressed('email', %s)", email)
    assert db.value("select campaign_status from leads") == "opted_out"


def test_who_holds_the_lead_records_what_another_session_is_recording(clone, connect):
    (lead,) = clone.leads(1, status="active")
    number = clone.contact(lead)
    record = "select record_reply('phone', %s, 'yes', 'e-1')"
    first, second = connect(), connect()

    with first.transaction():
        first.execute("select from leads where id = %s for update", (lead,))
        waiting = second.in_background(record, number).wait_until_blocked(clone)
        assert first.value(record, number) == lead

    assert waiting.result() == [(lead,)]
    assert clone.value("select count(*) from pipeline_events where stage = 'reply'") == 1
