import pytest


def test_each_scheme_s_verifier_answers_and_takes_what_hmac_signed(db, any_sender):
    assert any_sender.verified(b"body", any_sender.headers(b"body")) is True
    assert any_sender.verified(b"body", {}) is False


def test_every_scheme_has_a_sender_in_these_tests_and_a_verifier_in_the_catalog(db):
    from senders import SCHEMES

    rows = db.rows("select scheme, verifier from webhook_schemes")
    assert {row.scheme for row in rows} == set(SCHEMES)
    made = {row[0] for row in db.rows("select split_part(identity, '(', 1) from code_objects where kind = 'function'")}
    assert {row.verifier for row in rows} <= made


@pytest.mark.parametrize("name", ["no_such_function", "verify_standard($1) --", '"; drop table leads; --'])
def test_the_verifier_s_name_is_a_name_and_nothing_else(db, sender, name):
    db.execute("update webhook_schemes set verifier = %s where scheme = 'standard'", (name,))

    with db.refused("42883"):
        sender.verified(b"body", sender.headers(b"body"))


def test_a_verifier_that_does_not_know_says_no(db, sender):
    db.execute(
        """
        create or replace function verify_standard(
          p_scheme webhook_schemes, p_source text, p_headers jsonb, p_body bytea, p_now timestamptz
        )
        returns boolean language sql as 'select null::boolean'
        """
    )

    assert sender.verified(b"body", sender.headers(b"body")) is False
