import pytest


def test_a_service_records_a_bounce_at_the_servers_time(db):
    (lead,) = db.leads(1)
    address = db.contact(lead, "email")
    before = db.value("select clock_timestamp()")

    with db.acting_as("pipeline_writer"):
        outcome = db.value("select record_bounce('email', %s, true, 'b-1')", address)

    assert outcome == "rejected"
    occurred_at = db.value("select occurred_at from pipeline_events where stage = 'bounce'")
    assert before < occurred_at < db.value("select clock_timestamp()")


def bounce(db, value, hard=True, event="b-1", channel="email"):
    return db.value("select record_bounce(%s, %s, %s, %s, %s)", channel, value, hard, event, db.clock.now)


def lead_of(db, lead):
    return db.one("select * from leads where id = %s", lead)


def fed(db, **wanted):
    (lead,) = db.leads(1, status="queued", **wanted)
    db.feed()
    return lead


def test_a_hard_one_rejects_the_contact_and_cancels_what_waits_on_it(db, clock):
    lead = fed(db)

    assert bounce(db, db.contact(lead, "email").upper()) == "rejected"

    row = lead_of(db, lead)
    assert (row.email_verified, row.email_verification_codes, row.phone_verified) == (False, ["UNDELIVERABLE"], True)
    assert row.campaign_status == "active"
    assert db.rows("select channel, state from deliveries order by channel") == [
        ("email", "cancelled"),
        ("phone", "pending"),
    ]


def test_a_lead_without_another_verified_contact_is_bounced(db, clock):
    db.execute("update campaigns set requires_phone = false")
    lead = fed(db, phones=0)

    bounce(db, db.contact(lead, "email"))

    assert lead_of(db, lead).campaign_status == "bounced"


def test_a_contact_on_a_channel_that_the_campaign_does_not_use_is_no_other(db, clock):
    db.execute("update campaigns set requires_phone = false, channels = '{email}'")
    lead = fed(db)

    bounce(db, db.contact(lead, "email"))

    assert lead_of(db, lead).campaign_status == "bounced"


def test_with_a_second_address_the_message_goes_there(db, clock):
    lead = fed(db, emails=2)

    bounce(db, db.contact(lead, "email"))

    assert lead_of(db, lead).email_verified
    assert [d.contact for d in db.claim("email")] == [db.contact(lead, "email", 2)]


@pytest.mark.parametrize("bounce_first", [True, False])
def test_whether_it_or_the_vendors_answer_comes_first_the_message_was_sent_and_is_not_again(db, clock, bounce_first):
    lead = fed(db)
    (message,) = db.claim("email")
    query = "select finish_delivery(%s, %s, 200, 9, null, 'm-1', %s)"

    if bounce_first:
        bounce(db, message.contact)
    answer = db.value(query, message.id, message.token, clock.now)
    if not bounce_first:
        bounce(db, message.contact)

    assert answer == ("stale" if bounce_first else "delivered")
    assert (lead_of(db, lead).current_sequence_step, lead_of(db, lead).email_verified) == (1, False)
    clock.move(days=1)
    assert db.claim("email") == []


@pytest.mark.parametrize("hard", [False, None])
def test_a_soft_one_only_counts(db, clock, hard):
    lead = fed(db)
    before = lead_of(db, lead)

    assert bounce(db, db.contact(lead, "email"), hard) == "noted"

    assert lead_of(db, lead) == before
    event = db.one("select * from pipeline_events where stage = 'bounce'")
    assert (event.lead_id, event.detail) == (lead, {"hard": False})


def test_an_event_counts_once(db, clock):
    lead = fed(db)
    bounce(db, db.contact(lead, "email"), hard=False)

    assert bounce(db, db.contact(lead, "email"), hard=True) == "repeated"
    assert lead_of(db, lead).email_verified


def test_every_lead_with_the_contact_hears_of_it(db, clock):
    first, second = db.leads(2)
    db.execute(
        "update lead_contacts set value_hash = contact_hash('email', %s) where lead_id = %s and channel = 'email'",
        (db.contact(first, "email"), second),
    )

    bounce(db, db.contact(first, "email"))

    assert not lead_of(db, first).email_verified and not lead_of(db, second).email_verified


@pytest.mark.parametrize("status", ["new", "queued", "replied", "paused", "opted_out", "booked"])
def test_in_another_state_the_contact_is_rejected_and_nothing_moves(db, clock, status):
    (lead,) = db.leads(1, status=status, phones=0)

    assert bounce(db, db.contact(lead, "email")) == "rejected"

    assert (lead_of(db, lead).campaign_status, lead_of(db, lead).email_verified) == (status, False)


@pytest.mark.parametrize("value", ["nobody@example.com", "no address", None])
def test_one_of_a_contact_that_nobody_has_is_kept(db, clock, value):
    assert bounce(db, value) == "unknown"

    letter = db.one("select * from pipeline_dlq")
    assert (letter.source, letter.payload) == ("bounce", {"channel": "email", "hard": True})
    assert db.value("select dead_letter_content(q) ->> 'value' from pipeline_dlq as q") == value


@pytest.mark.parametrize(("channel", "event", "code"), [("fax", "b-1", "PF060"), ("email", None, "PF084")])
def test_an_unknown_channel_or_no_event_id_is_refused(db, clock, channel, event, code):
    with db.refused(code):
        bounce(db, "nobody@example.com", True, event, channel)


def test_who_holds_the_lead_records_what_another_session_is_recording(clone, connect):
    (lead,) = clone.leads(1, status="active")
    address = clone.contact(lead, "email")
    record = "select record_bounce('email', %s, true, 'e-1')"
    first, second = connect(), connect()

    with first.transaction():
        first.execute("select from leads where id = %s for update", (lead,))
        waiting = second.in_background(record, address).wait_until_blocked(clone)
        assert first.value(record, address) == "rejected"

    assert waiting.result() == [("repeated",)]


def test_it_waits_for_a_change_of_the_code_map_before_it_takes_the_lead(clone, connect):
    (lead,) = clone.leads(1, status="active")
    editor, service = connect(), connect()

    with editor.transaction():
        editor.execute("lock table verification_code_map in row exclusive mode")
        waiting = service.in_background("select record_bounce('email', %s, true, 'e-1')", clone.contact(lead, "email"))
        waiting.wait_until_blocked(clone)
        editor.execute("select from leads where id = %s for update nowait", (lead,))

    waiting.result()
