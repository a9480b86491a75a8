"""opt_out: somebody wants no more of it, as services hand it in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st


def test_a_service_opts_a_value_out(clone, connect):
    [lead] = clone.leads(1)
    phone = clone.contact(lead)

    assert connect("pipeline_writer").value("select opt_out('phone', %s, 'reply STOP', 'twilio')", phone) == 1

    assert clone.value("select campaign_status from leads where id = %s", lead) == "opted_out"
    assert clone.value("select is_suppressed('phone', %s)", phone)


def test_it_happens_now(db):
    before = db.value("select clock_timestamp()")

    db.execute("select opt_out('phone', '2015550100', 'reply STOP', 'twilio')")

    assert db.value("select suppressed_at between %s and clock_timestamp() from suppressions", before)


def test_two_opt_outs_and_a_consent_at_once_end_in_some_order(clone, connect):
    """All three wait for the lead, and two want the same suppression; whoever comes last, chain and lead agree."""
    [lead] = clone.leads(1)
    phone, email = clone.contact(lead), clone.contact(lead, "email")
    clone.execute("select opt_out('phone', %s, 'reply STOP', 'twilio')", (phone,))
    nonce = clone.value("select issue_consent_token(%s)", lead)
    with clone.transaction():
        clone.execute("select from leads where id = %s for update", (lead,))
        waiting = [
            connect().in_background(query, *args).wait_until_blocked(clone)
            for query, *args in (
                ("select opt_out('phone', %s, 'reply STOP', 'twilio')", phone),
                ("select opt_out('email', %s, 'unsubscribed', 'mail')", email),
                ("select redeem_consent_token(%s, 'web_form', '{}')", nonce),
            )
        ]
    for each in waiting:
        each.result()

    last = clone.value("select action from consents order by id desc limit 1")
    assert clone.value("select consent from leads where id = %s", lead) is (last == "granted")
    assert clone.rows("select * from broken_consents()") == []


def test_readers_and_brokers_may_not(db):
    for role in ("pipeline_reader", "pipeline_broker"):
        with db.refused("42501"), db.acting_as(role):
            db.execute("select opt_out('phone', '2015550100', 'reply STOP', 'twilio')")


def opt_out(db, value, channel="phone", reason="reply STOP", source="twilio"):
    return db.value("select opt_out(%s, %s, %s, %s, %s)", channel, value, reason, source, db.clock.now)


def statuses(db, *leads):
    return [db.value("select campaign_status from leads where id = %s", lead) for lead in leads]


def test_every_lead_with_the_value_is_reached_wherever_it_stands_among_its_contacts(db, share_phone):
    lead, sharing, other = db.leads(3)
    share_phone(db, lead, sharing)

    assert opt_out(db, db.contact(lead)) == 2

    assert statuses(db, lead, sharing, other) == ["opted_out", "opted_out", "new"]


def test_a_value_that_no_lead_has_is_suppressed_all_the_same(db, last_event):
    assert opt_out(db, "201-555-0199") == 0

    assert db.value("select is_suppressed('phone', '2015550199')")
    event = last_event(db, "suppression")
    assert (event.lead_id, event.detail["action"], event.source) == (None, "added", "twilio")


def test_the_list_tells_nobodys_number(db):
    opt_out(db, "ada@example.com", "email")

    row = db.one("select * from suppressions")
    assert (row.channel, row.reason, row.source, row.suppressed_at) == ("email", "reply STOP", "twilio", db.clock.now)
    assert len(row.value_hash) == 32
    events = str(db.rows("select * from pipeline_events"))
    assert "ada@example.com" not in str(row) + events


def test_repeating_it_changes_nothing(db):
    [lead] = db.leads(1)
    opt_out(db, db.contact(lead))
    tables = ("suppressions", "consents", "leads", "pipeline_events", "deliveries")
    before = [db.rows(f"select * from {table} order by 1, 2") for table in tables]

    assert opt_out(db, db.contact(lead)) == 1

    assert [db.rows(f"select * from {table} order by 1, 2") for table in tables] == before


def test_the_newest_opt_out_is_the_one_that_a_consent_must_answer(db):
    opt_out(db, "2015550100")
    db.clock.move(days=1)
    opt_out(db, "2015550100", reason="reply QUIT")
    last = db.clock.now
    db.clock.move(days=-2)
    opt_out(db, "2015550100", reason="late report")

    assert db.one("select reason, suppressed_at from suppressions") == ("reply QUIT", last)


def test_what_is_no_contact_is_refused(db):
    for channel, value in (("phone", "911"), ("email", "nobody"), ("email", None)):
        with db.refused("PF062"):
            opt_out(db, value, channel)
    with db.refused("PF060"):
        opt_out(db, "2015550100", "fax")


@pytest.mark.parametrize(
    ("reason", "source"), [(None, "twilio"), ("reply STOP", None), ("", "twilio"), ("reply STOP", " ")]
)
def test_it_needs_a_reason_and_a_source(db, reason, source):
    with db.refused("PF065"):
        opt_out(db, "2015550100", reason=reason, source=source)


STEPS = st.lists(st.sampled_from(["opt_out", "consent", "consent of the other", "wait"]), max_size=8)


@given(steps=STEPS)
def test_only_a_consent_of_a_lead_that_has_it_undoes_a_suppression(db, share_phone, steps):
    """Against a model of one value: suppressed is what the last opt-out or consent said."""
    with db.undone():
        lead, stranger = db.leads(2, consent=False)
        phone = db.contact(lead)
        suppressed = consented = False
        for step in steps:
            db.clock.move(minutes=1)
            if step == "opt_out":
                opt_out(db, phone)
                suppressed, consented = True, False
            elif step == "consent":
                nonce = db.value("select issue_consent_token(%s, '1 day', %s)", lead, db.clock.now)
                db.execute("select redeem_consent_token(%s, 'web_form', '{}', %s)", (nonce, db.clock.now))
                suppressed, consented = False, True
            elif step == "consent of the other":
                nonce = db.value("select issue_consent_token(%s, '1 day', %s)", stranger, db.clock.now)
                db.execute("select redeem_consent_token(%s, 'web_form', '{}', %s)", (nonce, db.clock.now))

            assert db.value("select is_suppressed('phone', %s)", phone) is suppressed
            assert db.value("select consent from leads where id = %s", lead) is consented
        assert statuses(db, lead) == ["opted_out" if "opt_out" in steps else "new"]
        assert db.rows("select * from broken_consents()") == []


def test_contacts_are_taken_out_of_reason_and_source(db, last_event):
    opt_out(db, "2025550147", reason="call from (202) 555-0147", source="ada@example.com")

    assert db.one("select reason, source from suppressions") == ("call from …", "…")
    event = last_event(db, "suppression")
    assert (event.source, event.detail["reason"]) == ("…", "call from …")


def test_an_opt_out_at_the_time_of_the_move_before_it_suppresses_no_other_contact(db):
    [lead] = db.leads(1, status="active")
    reply = "select record_reply('phone', %s, %s, %s, null, %s)"
    db.execute(reply, (db.contact(lead), "yes, call me", "sms-1", db.clock.now))

    db.execute(reply, (db.contact(lead), "STOP", "sms-2", db.clock.now))

    assert statuses(db, lead) == ["opted_out"]
    assert not db.value("select is_suppressed('email', %s)", db.contact(lead, "email"))
