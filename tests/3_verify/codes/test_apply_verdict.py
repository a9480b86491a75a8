"""apply_verdict: a retry sets when to ask again; test_record_verification has the other verdicts."""

from datetime import timedelta


def retry(db, lead):
    db.execute("select apply_verdict(%s, 'phone', 1, 'generic', '{TIMEOUT}', null, %s)", (lead, db.clock.now))
    return db.one("select verify_tries, verify_after from lead_contacts where channel = 'phone' and lead_id = %s", lead)


def test_each_try_waits_longer_and_the_last_one_is_the_last(db):
    [lead] = db.leads(1)

    for tries in range(1, 8):
        row = retry(db, lead)
        assert row.verify_tries == tries
        assert db.clock.now <= row.verify_after <= db.clock.now + timedelta(seconds=30 * 2**tries)

    assert retry(db, lead) == (8, None)
    assert retry(db, lead) == (9, None)


def test_the_limit_is_a_setting(db):
    [lead] = db.leads(1)
    db.execute("update settings set value = '1' where key = 'max_verification_tries'")

    assert retry(db, lead) == (1, None)


def test_other_contacts_are_left_alone(db):
    lead, _ = db.leads(2, phones=2)

    db.execute("select apply_verdict(%s, 'phone', 1, 'generic', '{TIMEOUT}', null, %s)", (lead, db.clock.now))

    assert db.value("select count(*) from lead_contacts where verify_tries is not null") == 1
