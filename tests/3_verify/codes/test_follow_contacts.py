"""follow_contacts: the lead's columns speak of the first contact that verifies, else of the first."""

from hypothesis import given
from hypothesis import strategies as st


def set_contacts(db, lead, channel, verified):
    for position, is_verified in enumerate(verified, start=1):
        db.execute(
            """
            update lead_contacts set verified = %s, verification_codes = array[%s]
             where lead_id = %s and channel = %s and position = %s
            """,
            (is_verified, f"C{position}", lead, channel, position),
        )


@given(phones=st.lists(st.booleans(), min_size=1, max_size=4), emails=st.lists(st.booleans(), min_size=1, max_size=4))
def test_the_first_that_verifies_else_the_first(db, phones, emails):
    with db.undone():
        [lead] = db.leads(1, phones=len(phones), emails=len(emails))
        set_contacts(db, lead, "phone", phones)
        set_contacts(db, lead, "email", emails)

        db.execute("select follow_contacts(array[%s], now())", (lead,))

        row = db.one("select * from leads where id = %s", lead)
        for channel, verified in (("phone", phones), ("email", emails)):
            speaking = verified.index(True) + 1 if any(verified) else 1
            assert getattr(row, f"{channel}_verified") is any(verified)
            assert getattr(row, f"{channel}_verification_codes") == [f"C{speaking}"]


def test_a_channel_without_contacts_keeps_its_columns(db):
    [lead] = db.leads(1, phones=0)
    db.execute("update leads set phone_verified = true, phone_verification_codes = '{OLD}' where id = %s", (lead,))

    db.execute("select follow_contacts(array[%s], now())", (lead,))

    row = db.one("select phone_verified, phone_verification_codes from leads where id = %s", lead)
    assert row == (True, ["OLD"])


def test_other_leads_are_left_alone(db):
    lead, other = db.leads(2, verified=True)
    db.execute("update lead_contacts set verified = false")

    db.execute("select follow_contacts(array[%s], now())", (lead,))

    assert db.value("select phone_verified from leads where id = %s", lead) is False
    assert db.value("select phone_verified from leads where id = %s", other) is True
