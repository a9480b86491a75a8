BROKER = "11111111-1111-1111-1111-111111111111"
OTHER = "22222222-2222-2222-2222-222222222222"


def be_broker(db, broker=BROKER):
    db.execute("insert into brokers (db_role, broker_id) values (session_user, %s)", (broker,))


def claim(db, broker):
    db.execute("select set_config('request.jwt.claims', %s, true)", (f'{{"sub": "{broker}"}}',))


def test_a_listed_login_is_its_broker(db):
    be_broker(db)

    assert str(db.value("select current_broker_id()")) == BROKER


def test_a_listed_login_stays_its_broker_whatever_it_sets(db):
    be_broker(db)
    claim(db, OTHER)

    assert str(db.value("select current_broker_id()")) == BROKER


def test_a_claim_set_by_hand_is_not_believed(db):
    claim(db, OTHER)

    assert db.value("select current_broker_id()") is None


def test_a_trusted_authenticator_s_claim_is_believed(db):
    db.execute("update settings set value = session_user where key = 'trusted_authenticator'")
    claim(db, BROKER)

    assert str(db.value("select current_broker_id()")) == BROKER


def test_a_trusted_authenticator_without_a_claim_is_nobody(db):
    db.execute("update settings set value = session_user where key = 'trusted_authenticator'")

    assert db.value("select current_broker_id()") is None


def test_a_listed_login_stays_its_broker_even_as_the_trusted_authenticator(db):
    be_broker(db)
    db.execute("update settings set value = session_user where key = 'trusted_authenticator'")
    claim(db, OTHER)

    assert str(db.value("select current_broker_id()")) == BROKER
