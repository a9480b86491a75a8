import pytest


def contactable(db):
    return {row.lead_id for row in db.rows("select lead_id from contactable")}


def test_a_consented_lead_with_a_verified_phone_is(db):
    leads = db.leads(3)

    assert contactable(db) == set(leads)


@pytest.mark.parametrize("lack", [{"consent": False}, {"verified": False}, {"phones": 0}])
def test_without_consent_or_a_verified_phone_none_is(db, lack):
    db.leads(1, **lack)

    assert contactable(db) == set()


def test_a_campaign_that_wants_no_phone_takes_a_verified_email(db):
    (lead,) = db.leads(1, phones=0)
    db.execute("update campaigns set requires_phone = false")
    assert contactable(db) == {lead}

    db.execute("update campaigns set channels = '{phone}'")
    assert contactable(db) == set()


def test_a_campaign_that_wants_no_consent_takes_leads_without(db):
    (lead,) = db.leads(1, consent=False)

    db.execute("update campaigns set requires_consent = false")

    assert contactable(db) == {lead}


@pytest.mark.parametrize("channel", ["phone", "email"])
def test_a_suppressed_value_on_one_of_the_channels_blocks_the_lead(db, channel):
    one, other = db.leads(2)

    db.execute(
        "insert into suppressions (channel, value_hash, reason, source) select channel, value_hash, 'x', 'x'"
        " from lead_contacts where lead_id = %s and channel = %s",
        (one, channel),
    )

    assert contactable(db) == {other}


def test_a_do_not_call_mark_blocks_the_lead_and_one_on_an_unverified_contact_does_not(db):
    one, other = db.leads(2, phones=2)
    db.execute("update lead_contacts set do_not_call = true where lead_id = %s and position = 2", (one,))
    db.execute(
        "update lead_contacts set do_not_call = true, verified = false where lead_id = %s and position = 2", (other,)
    )

    assert contactable(db) == {other}


@pytest.mark.parametrize(
    ("status", "allowed"),
    [
        ("queued", True),
        ("active", True),
        ("paused", False),
        ("replied", False),
        ("booked", False),
        ("opted_out", False),
    ],
)
def test_only_a_state_that_leads_to_contact_allows_it(db, status, allowed):
    db.leads(1, status=status)

    assert bool(contactable(db)) is allowed


def test_who_booked_before_he_was_fed_is_left_alone(db):
    one, other = db.leads(2, status="queued")

    assert db.value("select record_booking(%s, now() + interval '1 day', 'booking-1')", one) == "noted"

    assert contactable(db) == {other}


def test_a_new_lead_is_a_candidate_of_every_campaign_and_a_queued_one_of_its_own(db):
    db.execute("insert into campaigns (name) values ('second')")
    db.leads(1)
    db.leads(1, status="queued", campaign="second")

    found = db.rows(
        "select c.name, t.campaign_status from contactable t join campaigns c on c.id = t.campaign_id order by 1, 2"
    )

    assert [tuple(row) for row in found] == [("default", "new"), ("second", "new"), ("second", "queued")]


def test_a_taken_over_lead_that_never_said_yes_or_no_is_not(db):
    db.leads(1)
    db.execute("alter table leads alter column consent drop not null")

    db.execute("update leads set consent = null")

    assert contactable(db) == set()
