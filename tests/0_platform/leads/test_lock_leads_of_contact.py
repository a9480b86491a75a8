def test_all_that_have_the_contact_are_held_and_told_in_order_of_id(clone, connect, share_phone):
    one, other, free = clone.leads(3)
    share_phone(clone, one, other)

    with clone.transaction():
        held = clone.value(
            "select lock_leads_of_contact('phone', contact_hash('phone', lead_pii(%s) -> 'phones' ->> 0))", one
        )

        assert held == sorted((one, other))
        assert connect().rows("select id from leads for update skip locked") == [(free,)]


def test_of_a_contact_that_nobody_has_or_none_nobody_is_held(db):
    assert db.value("select lock_leads_of_contact('phone', contact_hash('phone', '+12025550199'))") == []
    assert db.value("select lock_leads_of_contact('phone', null)") == []
