import base64

import pytest


def secret_of(size: int) -> str:
    return "whsec_" + base64.b64encode(bytes(size)).decode()


def test_a_source_gets_a_secret_that_rests_sealed(db):
    db.execute("select set_signing_secret('vendor', %s)", (secret_of(24),))

    secret = db.one("select * from webhook_secrets")
    assert (secret.source, secret.valid_until) == ("vendor", None)
    assert bytes(24) not in secret.secret
    assert db.value("select unseal('webhook_secrets.secret/' || id, secret) from webhook_secrets") == bytes(24)
    assert db.value("select scheme from webhook_sources") == "standard"


def test_the_one_before_ends_with_the_overlap_and_none_ends_later_than_it_did(db):
    for overlap in ("1 day", "2 hours", "3 hours"):
        db.execute("select set_signing_secret('vendor', %s, p_overlap => %s)", (secret_of(32), overlap))

    ends = db.rows("select valid_until - now() as left from webhook_secrets order by id")
    assert [str(row.left) for row in ends] == ["2:00:00", "3:00:00", "None"]


def test_without_an_overlap_the_old_secret_ends_at_once(db):
    db.execute("select set_signing_secret('vendor', %s)", (secret_of(32),))
    db.execute("update webhook_secrets set valid_from = now() - interval '1 day'")

    db.execute("select set_signing_secret('vendor', %s, p_overlap => '0')", (secret_of(33),))

    assert db.value("select count(*) from webhook_secrets where (valid_until > now()) is not false") == 1


@pytest.mark.parametrize("secret", [None, "", "secret", "whsec_", "whsec_a", "whsec_%%%%", secret_of(23)])
def test_a_secret_that_is_badly_written_or_weak_is_refused(db, secret):
    with db.refused("PF029"):
        db.execute("select set_signing_secret('vendor', %s)", (secret,))


@pytest.mark.parametrize("source", [None, "", " "])
def test_a_source_has_a_name(db, source):
    with db.refused("PF029"):
        db.execute("select set_signing_secret(%s, %s)", (source, secret_of(32)))


@pytest.mark.parametrize("scheme", [None, "rsa"])
def test_there_is_one_scheme(db, scheme):
    with db.refused("PF028"):
        db.execute("select set_signing_secret('vendor', %s, %s)", (secret_of(32), scheme))


def test_it_is_the_owner_s_alone(db):
    with db.refused("42501"), db.acting_as("pipeline_writer"):
        db.execute("select set_signing_secret('vendor', %s)", (secret_of(32),))
