import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

ALL = {"status": True, "not_booked": True, "campaign": True, "consent": True, "verified": True, "not_blocked": True}


def explained(db, lead, campaign="default"):
    return {row.condition: row for row in db.rows("select * from explain_contactable(%s, %s)", lead, campaign)}


def missing(db, lead, campaign="default"):
    return {name for name, row in explained(db, lead, campaign).items() if not row.holds}


def test_of_a_contactable_lead_every_condition_holds(db):
    (lead,) = db.leads(1)

    with db.acting_as("pipeline_writer"):
        assert {name: row.holds for name, row in explained(db, lead).items()} == ALL


def test_a_lead_without_consent_or_verified_phone_is_told_both(db):
    (lead,) = db.leads(1, consent=False, verified=False)

    assert missing(db, lead) == {"consent", "verified"}
    assert explained(db, lead)["verified"].detail == "no contact is; a phone is required"


def test_a_suppressed_contact_is_named_by_its_position_and_never_by_its_value(db):
    (lead,) = db.leads(1, phones=2)
    phone = db.value("select lead_pii(%s) -> 'phones' ->> 1", lead)
    db.execute("update lead_contacts set verified = true where lead_id = %s", (lead,))
    db.execute("select opt_out('phone', %s, 'asked', 'agent')", (phone,))
    db.execute("update lead_contacts set do_not_call = true where lead_id = %s and position = 2", (lead,))

    row = explained(db, lead)["not_blocked"]
    assert (row.holds, row.detail) == (False, "phone 2 is suppressed and do-not-call")


def test_a_lead_that_is_opted_out_or_in_another_campaign_is_told_so(db):
    db.execute("insert into campaigns (name) values ('second')")
    (lead,) = db.leads(1, status="queued")
    assert missing(db, lead, "second") == {"campaign"}
    assert explained(db, lead, "second")["campaign"].detail == "the lead is in default"

    db.execute("update leads set campaign_status = 'opted_out' where id = %s", (lead,))
    row = explained(db, lead)["status"]
    assert (row.holds, row.detail) == (False, "opted_out")


def test_who_booked_is_told_so(db):
    (lead,) = db.leads(1, status="queued")
    assert explained(db, lead)["not_booked"].detail == "no booking was told"
    db.execute("select record_booking(%s, now() + interval '1 day', 'booking-1')", (lead,))

    assert missing(db, lead) == {"not_booked"}
    assert explained(db, lead)["not_booked"].detail.startswith("booked at 20")


@given(
    consent=st.booleans(),
    requires_consent=st.booleans(),
    requires_phone=st.booleans(),
    channels=st.sampled_from(["{phone}", "{email}", "{phone,email}"]),
    phone=st.booleans(),
    email=st.booleans(),
    dnc=st.sampled_from([None, "phone", "email"]),
    status=st.sampled_from(["new", "queued", "active", "paused"]),
)
def test_all_conditions_hold_just_where_the_view_contactable_has_the_lead(
    db, consent, requires_consent, requires_phone, channels, phone, email, dnc, status
):
    with db.transaction(force_rollback=True):
        (lead,) = db.leads(1, status=status, consent=consent)
        db.execute(
            "update campaigns set requires_consent = %s, requires_phone = %s, channels = %s",
            (requires_consent, requires_phone, channels),
        )
        db.execute("update leads set phone_verified = %s, email_verified = %s where id = %s", (phone, email, lead))
        for channel, verified in (("phone", phone), ("email", email)):
            db.execute(
                "update lead_contacts set verified = %s, do_not_call = %s where lead_id = %s and channel = %s",
                (verified, channel == dnc, lead, channel),
            )

        is_contactable = db.value("select exists (select from contactable where lead_id = %s)", lead)
        assert (missing(db, lead) == set()) == is_contactable


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ("explain_contactable(gen_random_uuid())", "PF061"),
        ("explain_contactable(null)", "PF061"),
        ("explain_contactable(gen_random_uuid(), 'nowhere')", "PF083"),
    ],
)
def test_an_unknown_lead_or_campaign_is_refused(db, call, code):
    with pytest.raises(psycopg.Error) as refused, db.transaction():
        db.execute(f"select {call}")
    assert refused.value.sqlstate == code
