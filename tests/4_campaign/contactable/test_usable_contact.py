USABLE = "select usable_contact(%s, 'phone')"


def test_the_first_verified_contact_is_used(db):
    (lead,) = db.leads(1, phones=3)
    assert db.value(USABLE, lead) == 1

    db.execute("update lead_contacts set verified = false where position = 1 and channel = 'phone'")
    assert db.value(USABLE, lead) == 2


def test_a_suppressed_or_marked_one_is_passed_over(db):
    (lead,) = db.leads(1, phones=3)
    db.execute("update lead_contacts set do_not_call = true where position = 1 and channel = 'phone'")
    db.execute(
        "insert into suppressions (channel, value_hash, reason, source)"
        " select channel, value_hash, 'x', 'x' from lead_contacts where position = 2 and channel = 'phone'"
    )

    assert db.value(USABLE, lead) == 3


def test_a_lead_without_one_has_none(db):
    (lead,) = db.leads(1, phones=0)

    assert db.value(USABLE, lead) is None
