"""lock_sharing_leads: what is said of a contact concerns every lead that has it."""


def test_the_lead_and_those_that_share_a_contact_are_held_and_no_others(clone, connect, share_phone):
    lead, sharing, other = clone.leads(3)
    share_phone(clone, lead, sharing)

    with clone.transaction():
        clone.execute("select lock_sharing_leads(%s)", ([lead],))
        free = connect().rows("select id from leads for update skip locked")

    assert free == [(other,)]


def test_a_lead_without_contacts_is_held_too(clone, connect):
    [lead] = clone.leads(1, phones=0, emails=0)

    with clone.transaction():
        clone.execute("select lock_sharing_leads(%s)", ([lead],))

        assert connect().rows("select id from leads for update skip locked") == []
