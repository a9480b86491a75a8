def check(db):
    return db.one("select * from health_of_suppression()")


def test_an_opt_out_leaves_nothing_open(db, clock):
    leads = db.leads(2, status="queued")
    db.feed()
    db.execute("select opt_out('phone', %s, 'asked', 'test')", (db.contact(leads[0]),))

    assert check(db).status == "ok"


def test_a_suppression_by_hand_beside_an_open_delivery_warns(db, clock):
    leads = db.leads(2, status="queued")
    db.feed()
    db.execute(
        """
        insert into suppressions (channel, value_hash, reason, source)
        select c.channel, c.value_hash, 'by hand', 'test'
          from lead_contacts as c
         where c.lead_id = %s
           and c.channel = 'phone'
        """,
        (leads[0],),
    )

    row = check(db)
    assert row.status == "warn"
    assert row.detail.startswith("1 delivery is open")


def test_other_channels_and_unverified_contacts_do_not_count(db, clock):
    (lead,) = db.leads(1, status="queued")
    db.execute("insert into suppressions values ('phone', '\\x01', 'asked', 'test')")
    db.execute(
        "insert into lead_contacts (lead_id, channel, position, value_hash) values (%s, 'phone', 2, '\\x01')", (lead,)
    )
    db.feed()

    assert db.value("select count(*) from deliveries") == 2
    assert check(db).status == "ok"
