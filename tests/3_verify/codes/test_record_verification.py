"""record_verification: a provider's answer, as services hand it in."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st


def test_a_service_records_an_answer(clone, connect):
    [lead] = clone.leads(1, verified=False)
    writer = connect("pipeline_writer")

    assert writer.value("select record_verification(%s, 'phone', 'melissa', '{PS01,PS07}')", lead) is True

    row = writer.one("select phone_verified, phone_verification_codes, email_verified from leads where id = %s", lead)
    assert row == (True, ["PS01", "PS07"], False)


def test_the_event_is_of_now(db, last_event):
    [lead] = db.leads(1)

    before = db.value("select clock_timestamp()")

    db.execute("select record_verification(%s, 'email', 'melissa', '{ES01}')", (lead,))

    assert before < last_event(db, "verified").occurred_at < db.value("select clock_timestamp()")


def test_an_unknown_channel_or_lead_is_the_callers_fault(db):
    [lead] = db.leads(1)

    with db.refused("PF060"):
        db.execute("select record_verification(%s, 'fax', 'melissa', '{PS01}')", (lead,))
    with db.refused("PF061"):
        db.execute("select record_verification(%s, 'phone', 'melissa', '{PS01}')", (uuid4(),))


def test_readers_and_brokers_may_not(db):
    for role in ("pipeline_reader", "pipeline_broker"):
        with db.refused("42501"), db.acting_as(role):
            db.execute("select record_verification(%s, 'phone', 'melissa', '{PS01}')", (uuid4(),))


def record(db, lead, codes, channel="phone", payload=None, provider="melissa"):
    return db.value(
        "select record_verification(%s, %s, %s, %s, %s::jsonb, %s)",
        lead,
        channel,
        provider,
        codes.split() if isinstance(codes, str) else codes,
        None if payload is None else json.dumps(payload),
        db.clock.now,
    )


def contact(db, lead, position=1, channel="phone"):
    return db.one(
        "select * from lead_contacts where lead_id = %s and channel = %s and position = %s", lead, channel, position
    )


def test_codes_of_one_comma_separated_string_verify(db):
    [lead] = db.leads(1, verified=False)

    assert record(db, lead, ["AS01,PS01,PS07"]) is True

    assert contact(db, lead).verification_codes == ["AS01", "PS01", "PS07"]
    assert contact(db, lead).line_type == "mobile"


def test_a_reject_beats_a_verify_and_takes_back_an_earlier_one(db):
    [lead] = db.leads(1, verified=True)

    assert record(db, lead, "PS01 PE01") is False

    row = db.one("select phone_verified, phone_verification_codes, email_verified from leads where id = %s", lead)
    assert row == (False, ["PS01", "PE01"], True)


@pytest.mark.parametrize("before", [True, False])
def test_a_retry_leaves_everything_as_it_was(db, before, last_event):
    [lead] = db.leads(1, verified=False)
    record(db, lead, "PS01" if before else "PE01", payload={"status": "first"})
    columns = "channel, position, verified, verification_codes, verification_provider, line_type, do_not_call"
    query = f"select {columns} from lead_contacts where lead_id = %s order by 1, 2"
    as_it_was = db.one("select * from leads where id = %s", lead), db.rows(query, lead)

    assert record(db, lead, "SE01 PS09", payload={"status": "second"}) is before

    assert (db.one("select * from leads where id = %s", lead), db.rows(query, lead)) == as_it_was
    assert last_event(db, "verified").detail["effect"] == "retry"


@pytest.mark.parametrize("codes", ["SE01", "SE01 ZZ99"])
def test_a_retry_is_due_again_until_an_answer_says_something(db, codes):
    [lead] = db.leads(1, verified=False)

    record(db, lead, codes)

    assert contact(db, lead).verify_tries == 1
    assert db.clock.now <= contact(db, lead).verify_after <= db.clock.now + timedelta(minutes=1)

    record(db, lead, "PE01")

    assert (contact(db, lead).verify_tries, contact(db, lead).verify_after) == (None, None)


def test_a_retry_beside_a_verify_asks_nobody_again(db):
    [lead] = db.leads(1, verified=False)

    assert record(db, lead, "SE01 PS01") is True

    assert contact(db, lead).verify_tries is None


def test_a_mark_by_hand_holds_until_an_answer_says_yes_or_no(db):
    [lead] = db.leads(1, verified=True)

    assert record(db, lead, "PS07") is True
    assert record(db, lead, "SE01") is True
    assert record(db, lead, "PE01") is False
    assert db.value("select phone_verified from leads where id = %s", lead) is False


def test_codes_of_two_providers_are_never_mixed(db):
    [lead] = db.leads(1, verified=False)
    record(db, lead, "PS07")
    record(db, lead, "RISKY", provider="generic")
    assert contact(db, lead).verification_codes == ["RISKY"]
    assert contact(db, lead).verification_provider == "generic"

    record(db, lead, "PS01 PS07")
    record(db, lead, "RISKY", provider="generic")

    assert contact(db, lead).verification_codes == ["PS01", "PS07"]
    assert contact(db, lead).verification_provider == "melissa"


def test_a_change_of_the_map_waits_for_answers_on_their_way(clone, connect):
    """Or reverify_leads could miss one that was judged by the map as it was."""
    [lead] = clone.leads(1, verified=False)
    with clone.transaction():
        record(clone, lead, "PS01")
        change = (
            connect()
            .in_background("update verification_code_map set effect = 'info' where code = 'PS01'")
            .wait_until_blocked(clone)
        )
    change.result()

    assert clone.value("select reverify_leads()") == 1
    assert not contact(clone, lead).verified


def test_unknown_codes_decide_nothing_and_are_reported(db, last_event):
    [lead] = db.leads(1, verified=False)

    assert record(db, lead, "ZZ99") is False

    assert db.value("select phone_verified from leads where id = %s", lead) is False
    detail = last_event(db, "verified").detail
    assert detail["unknown_codes"] == ["ZZ99"]
    assert "effect" not in detail


def test_unknown_codes_are_kept_for_a_map_that_will_know_them(db):
    [lead] = db.leads(1, verified=False)
    record(db, lead, "PS01")

    record(db, lead, "ZZ99")

    assert contact(db, lead).verified
    assert contact(db, lead).verification_codes == ["PS01", "ZZ99"]


def test_information_is_added_to_the_codes(db):
    [lead] = db.leads(1, verified=False)
    record(db, lead, "PS01")

    assert record(db, lead, "PS08 PS10") is True

    assert contact(db, lead).verification_codes == ["PS01", "PS08", "PS10"]
    assert contact(db, lead).line_type == "landline"


def test_the_payload_names_the_contact(db):
    [lead] = db.leads(1, phones=3, verified=False)

    assert record(db, lead, "PS01", payload={"phone_number": db.contact(lead, "phone", 3)}) is True

    assert [contact(db, lead, n).verified for n in (1, 2, 3)] == [False, False, True]
    assert db.value("select phone_verified from leads where id = %s", lead) is True


def test_an_answer_about_a_number_that_the_lead_does_not_have_changes_nothing(db, last_event):
    [lead] = db.leads(1, verified=False)

    assert record(db, lead, "PS01", payload={"phone": "+12125550199", "status": "valid"}) is None

    assert not contact(db, lead).verified
    assert db.value("select melissa_payload from leads where id = %s", lead) is None
    assert "position" not in last_event(db, "verified").detail


def test_a_lead_without_a_contact_has_no_state(db):
    [lead] = db.leads(1, emails=0)

    assert record(db, lead, "ES01", "email") is None


def test_what_is_not_personal_in_the_payload_is_merged(db):
    [lead] = db.leads(1)
    record(db, lead, "PS01", payload={"phone_type": "mobile", "Results": "PS01", "NameFull": "Ada Lead"})

    record(db, lead, "ES01", "email", payload={"Results": "ES01", "EmailAddress": db.contact(lead, "email")})

    payload = db.value("select melissa_payload from leads where id = %s", lead)
    assert payload == {"phone_type": "mobile", "Results": "ES01"}


def test_the_event_tells_all_but_who_it_is(db, last_event):
    [lead] = db.leads(1, verified=False)

    record(db, lead, ["PS01", "ada@example.com"], payload={"phone": db.contact(lead)}, provider="Melissa")

    event = last_event(db, "verified")
    assert (event.lead_id, event.service, event.occurred_at) == (lead, "melissa", db.clock.now)
    assert event.detail == {
        "channel": "phone",
        "position": 1,
        "codes": ["PS01"],
        "effect": "verify",
        "verified": True,
    }


def test_consent_and_campaign_are_not_touched(db):
    [lead] = db.leads(1, consent=False, verified=False)

    record(db, lead, "PS01 DD01")

    row = db.one("select consent, campaign_status from leads where id = %s", lead)
    assert row == (False, "new")


ANSWERS = st.lists(st.lists(st.sampled_from(["PS01", "PE01", "PS07", "PS02", "SE01", "ZZ99"]), max_size=3), max_size=6)


@given(answers=ANSWERS)
def test_the_stored_codes_always_say_by_themselves_what_the_contact_is(db, answers):
    with db.undone():
        [lead] = db.leads(1, verified=False)
        for codes in answers:
            returned = record(db, lead, codes)
            stored = contact(db, lead)

            judged = db.value("select effect from judge_codes('melissa', 'phone', %s)", stored.verification_codes or [])
            assert stored.verified is (judged == "verify") is returned
            assert db.value("select phone_verified from leads where id = %s", lead) is stored.verified


@given(answers=ANSWERS)
def test_the_last_answer_that_says_yes_or_no_counts(db, answers):
    expected = False
    for codes in answers:
        if "PE01" in codes:
            expected = False
        elif "PS01" in codes:
            expected = True

    with db.undone():
        [lead] = db.leads(1, verified=False)
        for codes in answers:
            record(db, lead, codes)

        assert contact(db, lead).verified is expected
