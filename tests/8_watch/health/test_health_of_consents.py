import pytest


@pytest.fixture
def consents(db):
    for lead in db.leads(3, consent=False):
        nonce = db.value("select issue_consent_token(%s)", lead)
        db.execute("select redeem_consent_token(%s, 'web_form', '{}')", (nonce,))


def test_a_whole_chain_is_fine(db, consents):
    assert db.one("select * from health_of_consents()").status == "ok"


@pytest.mark.parametrize(
    "damage", ["update consents set method = 'phone' where id = 2", "delete from consents where id = 2"]
)
def test_a_chain_that_was_tampered_with_fails(db, consents, damage):
    db.execute(damage)

    row = db.one("select * from health_of_consents()")
    assert row.status == "fail"
    assert "broken_consents()" in row.hint


def test_without_keys_it_is_not_checked_and_says_so(db, consents):
    db.execute("delete from local_keys")

    row = db.one("select * from health_of_consents()")
    assert row.status == "warn"
    assert row.detail.startswith("not checked: ")
