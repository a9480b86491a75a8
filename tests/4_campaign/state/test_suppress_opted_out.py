"""suppress_opted_out: a lead moved to opted_out by hand is a person who wants no more of it."""

import pytest


def move(db, *leads):
    db.execute("update leads set campaign_status = 'opted_out' where id = any(%s)", (list(leads),))


def suppressed(db, lead):
    return {
        channel: db.value("select is_suppressed(%s, %s)", channel, db.contact(lead, channel))
        for channel in ("phone", "email")
    }


def test_all_its_contacts_are_suppressed(db):
    lead, other = db.leads(2)

    move(db, lead)

    assert suppressed(db, lead) == {"phone": True, "email": True}
    assert suppressed(db, other) == {"phone": False, "email": False}
    assert db.rows("select distinct reason, source from suppressions") == [("campaign_status", "by hand")]


@pytest.mark.parametrize("state", ["pending", "claimed"])
def test_what_waits_to_be_sent_is_cancelled_and_consent_withdrawn(db, add_delivery, state):
    [lead] = db.leads(1, status="queued")
    delivery = add_delivery(db, lead, state)

    move(db, lead)

    assert db.value("select state from deliveries where id = %s", delivery) == "cancelled"
    assert db.one("select consent, campaign_status from leads") == (False, "opted_out")
    assert db.rows("select action, method from consents") == [("withdrawn", "opt_out")]
    assert db.rows("select * from broken_consents()") == []


def test_another_lead_with_the_number_is_reached_too(db, share_phone, add_delivery):
    lead, sharing = db.leads(2)
    share_phone(db, lead, sharing)
    delivery = add_delivery(db, sharing)

    move(db, lead)

    assert db.value("select campaign_status from leads where id = %s", sharing) == "opted_out"
    assert db.value("select state from deliveries where id = %s", delivery) == "cancelled"


def test_many_leads_in_one_update_are_all_reached(db):
    leads = db.leads(5)

    move(db, *leads)

    assert all(suppressed(db, lead) == {"phone": True, "email": True} for lead in leads)


def test_an_opt_out_of_one_value_suppresses_no_other(db):
    [lead] = db.leads(1)

    db.execute("select opt_out('phone', %s, 'reply STOP', 'twilio')", (db.contact(lead),))

    assert suppressed(db, lead) == {"phone": True, "email": False}
    assert db.value("select campaign_status from leads") == "opted_out"


def test_a_move_by_hand_after_an_opt_out_in_the_same_transaction_counts(db):
    first, second = db.leads(2)
    db.execute("select opt_out('phone', %s, 'reply STOP', 'twilio')", (db.contact(first),))

    move(db, second)

    assert suppressed(db, second) == {"phone": True, "email": True}


def test_a_service_may_do_it(clone, connect):
    [lead] = clone.leads(1)

    move(connect("pipeline_writer"), lead)

    assert suppressed(clone, lead) == {"phone": True, "email": True}


def test_a_lead_without_a_contact_has_its_consent_withdrawn(db):
    [lead] = db.leads(1, phones=0, emails=0)

    move(db, lead)

    assert db.value("select consent from leads") is False
    assert db.rows("select action from consents where lead_id = %s", lead) == [("withdrawn",)]


def test_a_function_that_opts_such_a_lead_out_writes_one_event(db):
    [lead] = db.leads(1, phones=0, emails=0)

    db.execute("select withdraw_consent(%s, 'letter', null, %s)", (lead, db.clock.now))

    assert (
        db.value("select detail ->> 'reason' from pipeline_events where stage = 'suppression'") == "consent withdrawn"
    )
    assert db.value("select count(*) from pipeline_events where stage = 'suppression'") == 1


def test_an_earlier_opt_out_of_one_contact_says_nothing_of_the_others(db):
    [lead] = db.leads(1, status="queued")
    db.execute("select opt_out('phone', %s, 'reply STOP', 'twilio', %s)", (db.contact(lead), db.clock.now))
    db.execute("alter table leads disable trigger user")
    db.execute("update leads set campaign_status = 'queued'")
    db.execute("alter table leads enable trigger user")

    move(db, lead)

    assert suppressed(db, lead) == {"phone": True, "email": True}


def test_leads_that_share_a_contact_and_move_at_one_time_are_all_opted_out(db, share_phone):
    lead, sharing = db.leads(2)
    share_phone(db, lead, sharing)

    db.execute("update leads set campaign_status = 'opted_out', campaign_status_at = %s", (db.clock.now,))

    assert suppressed(db, lead) == suppressed(db, sharing) == {"phone": True, "email": True}
