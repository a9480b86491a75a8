"""contact_hash: the blind index of a contact, however it is written."""

import hmac


def test_every_spelling_has_the_same_hash(db):
    spellings = ["+12015550100", "(201) 555-0100", "1-201-555-0100", "2015550100.0"]
    assert len({db.value("select contact_hash('phone', %s)", spelling) for spelling in spellings}) == 1
    assert db.value("select contact_hash('email', ' Ada@Example.COM ') = contact_hash('email', 'ada@example.com')")


def test_it_is_a_keyed_hash_of_the_normalised_value(db):
    key = db.value("select data_key(newest_data_key('index'))")
    expected = hmac.digest(hmac.digest(key, b"phone", "sha256"), b"+12015550100", "sha256")

    assert db.value("select contact_hash('phone', '201 555 0100')") == expected


def test_what_is_no_contact_has_none(db):
    assert db.value("select contact_hash('phone', '262966')") is None
    assert db.value("select contact_hash('email', 'nobody')") is None
    assert db.value("select contact_hash('phone', null)") is None


def test_an_unknown_channel_is_refused(db):
    with db.refused("PF060"):
        db.execute("select contact_hash('fax', '2015550100')")
