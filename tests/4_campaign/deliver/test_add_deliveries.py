ADD = "select add_deliveries(%s, (select id from campaigns), '2026-03-09 13:00+00')"


def found(db):
    return sorted((row.lead_id, row.channel, row.state) for row in db.rows("select * from deliveries"))


def test_each_channel_of_the_campaign_with_a_verified_contact_has_one(db):
    both, phone, none = db.leads(1, phones=3), db.leads(1, emails=0), db.leads(1, verified=False)

    db.execute(ADD, (both + phone + none,))

    channels = [(both[0], "email", "pending"), (both[0], "phone", "pending"), (phone[0], "phone", "pending")]
    assert found(db) == sorted(channels)


def test_a_channel_that_the_campaign_does_not_use_has_none(db):
    db.execute("update campaigns set channels = '{phone,phone}'")
    (lead,) = db.leads(1)

    db.execute(ADD, ([lead],))

    assert found(db) == [(lead, "phone", "pending")]


def test_what_is_there_stays_as_it_is(db):
    (lead,) = db.leads(1)
    db.execute(ADD, ([lead],))
    db.execute("update deliveries set state = 'delivered' where channel = 'phone'")

    db.execute(ADD, ([lead],))

    assert found(db) == [(lead, "email", "pending"), (lead, "phone", "delivered")]
