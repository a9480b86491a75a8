BROKER = "11111111-1111-1111-1111-111111111111"
OTHER = "22222222-2222-2222-2222-222222222222"
PUT = "insert into my_leads (street, zip, assigned_broker_id) values (%s, %s, %s)"


def test_a_lead_for_another_is_refused(db):
    db.execute("insert into brokers (db_role, broker_id) values (session_user, %s)", (BROKER,))

    with db.acting_as("pipeline_broker"):
        with db.refused("PF072"):
            db.execute(PUT, ("12 Main St", "90012", OTHER))
        db.execute(PUT, ("12 Main St", "90012", BROKER))


def test_a_lead_without_an_address_is_refused(db):
    db.execute("insert into brokers (db_role, broker_id) values (session_user, %s)", (BROKER,))

    with db.acting_as("pipeline_broker"), db.refused("PF073"):
        db.execute(PUT, (None, "90012", None))


def test_each_part_of_the_address_arrives(db):
    db.execute("insert into brokers (db_role, broker_id) values (session_user, %s)", (BROKER,))

    with db.acting_as("pipeline_broker"):
        db.execute(
            "insert into my_leads (street, unit, city, state) values ('12 Main St', 'Apt 4', 'Los Angeles', 'CA'),"
            " ('14 Main St', null, 'Los Angeles', 'CA')"
        )
        db.execute("insert into my_leads (street, zip) values ('16 Main St', '90012')")

    assert db.rows("select street, unit is not null, city, state, zip from leads order by street") == [
        ("12 Main St", True, "Los Angeles", "CA", None),
        ("14 Main St", False, "Los Angeles", "CA", None),
        ("16 Main St", False, None, None, "90012"),
    ]
