"""suppression_hash: the hash of a contact, or a clear no."""


def test_it_is_the_contacts_hash(db):
    assert db.value("select suppression_hash('phone', '201-555-0100') = contact_hash('phone', '2015550100')")


def test_what_is_no_contact_is_refused_without_repeating_it(db):
    for channel, value in (("phone", "555"), ("email", "ada at example.com"), ("phone", None), ("email", "")):
        with db.refused("PF062"):
            db.execute("select suppression_hash(%s, %s)", (channel, value))
    assert "555" not in str(db.execute("select 1").fetchone())


def test_an_unknown_channel_is_refused(db):
    with db.refused("PF060"):
        db.execute("select suppression_hash('fax', '2015550100')")
