import base64

import pytest


def secret_of(size: int) -> str:
    return "whsec_" + base64.b64encode(bytes(size)).decode()


@pytest.fixture
def change(db, clock):
    """``change(source, secret, scheme, overlap)``: a new secret at the clock's time."""

    def to(source="vendor", secret=None, scheme="standard", overlap="1 day"):
        secret = secret or secret_of(32)
        db.execute("select set_signing_secret(%s, %s, %s, %s, %s)", (source, secret, scheme, overlap, clock.now))

    return to


def test_a_source_gets_a_secret_that_rests_sealed(db):
    db.execute("select set_signing_secret('vendor', %s)", (secret_of(24),))

    secret = db.one("select * from webhook_secrets")
    assert (secret.source, secret.valid_until) == ("vendor", None)
    assert bytes(24) not in secret.secret
    assert db.value("select unseal('webhook_secrets.secret/' || id, secret) from webhook_secrets") == bytes(24)
    assert db.value("select scheme from webhook_sources") == "standard"


def test_other_schemes_take_text_as_it_is(db):
    db.execute("select set_signing_secret('billing', %s, 'stripe')", ("whsec_ as the vendor gives it",))

    assert db.value("select scheme from webhook_sources") == "stripe"
    assert (
        db.value("select unseal('webhook_secrets.secret/' || id, secret) from webhook_secrets")
        == b"whsec_ as the vendor gives it"
    )


def test_the_one_before_ends_with_the_overlap_and_none_ends_later_than_it_did(db, clock, change):
    for overlap in ("1 day", "2 hours", "3 hours"):
        change(overlap=overlap)

    ends = db.rows("select valid_until - %s as left from webhook_secrets order by id", clock.now)
    assert [str(row.left) for row in ends] == ["2:00:00", "3:00:00", "None"]
    assert db.rows("select from webhook_secrets where valid_from <> %s", clock.now) == []


def test_in_one_call_the_old_secret_ends_at_the_moment_the_new_one_begins(db):
    for _ in range(2):
        db.execute("select set_signing_secret('vendor', %s, p_overlap => '0')", (secret_of(32),))

    old, new = db.rows("select valid_from, valid_until from webhook_secrets order by id")
    assert old.valid_until == new.valid_from > old.valid_from


def test_without_an_overlap_the_old_secret_ends_at_once(db, clock, change):
    change()
    clock.move(days=1)

    change(overlap="0")

    assert db.value("select count(*) from webhook_secrets where (valid_until > %s) is not false", clock.now) == 1


def test_with_another_scheme_the_old_secret_ends_at_once_and_nobody_else_s_does(db, clock, change):
    change("vendor")
    change("other")
    clock.move(days=1)

    change("vendor", "twenty-four bytes of text", "github")

    assert db.rows("select source, scheme from webhook_sources order by source") == [
        ("other", "standard"),
        ("vendor", "github"),
    ]
    ended = db.rows("select source, valid_until <= %s from webhook_secrets order by id", clock.now)
    assert ended == [("vendor", True), ("other", None), ("vendor", None)]


@pytest.mark.parametrize("secret", [None, "", "secret", "whsec_", "whsec_a", "whsec_%%%%", secret_of(23)])
def test_a_secret_that_is_badly_written_or_weak_is_refused(db, secret):
    with db.refused("PF029"):
        db.execute("select set_signing_secret('vendor', %s)", (secret,))
    assert not db.rows("select from webhook_sources")


@pytest.mark.parametrize("scheme", ["github", "stripe", "shared_secret"])
@pytest.mark.parametrize("secret", [None, "", "x" * 23, " " + "x" * 24, "x" * 24 + "\n"])
def test_so_is_one_as_text(db, scheme, secret):
    with db.refused("PF029"):
        db.execute("select set_signing_secret('vendor', %s, %s)", (secret, scheme))


@pytest.mark.parametrize("source", [None, "", " ", " vendor", "vendor "])
def test_a_source_has_a_name_that_a_header_can_hold(db, source):
    with db.refused("PF029"):
        db.execute("select set_signing_secret(%s, %s)", (source, secret_of(32)))


@pytest.mark.parametrize("scheme", [None, "", "rsa", "Standard"])
def test_there_is_no_scheme_but_those_of_the_table(db, scheme):
    with db.refused("PF028"):
        db.execute("select set_signing_secret('vendor', %s, %s)", (secret_of(32), scheme))


@pytest.mark.parametrize("overlap", [None, "-1 second"])
def test_an_overlap_is_some_time_or_zero(db, overlap):
    with db.refused("PF030"):
        db.execute("select set_signing_secret('vendor', %s, p_overlap => %s)", (secret_of(32), overlap))


def test_of_two_who_change_the_scheme_at_once_one_secret_is_left(clone, connect):
    clone.execute("select set_signing_secret('vendor', %s)", (secret_of(32),))
    first, second = connect(), connect()
    call = "select set_signing_secret('vendor', 'twenty-four bytes of text', %s)"

    with first.transaction():
        first.execute(call, ("github",))
        waiting = second.in_background(call, "stripe").wait_until_blocked(clone)
    waiting.result()

    assert clone.value("select scheme from webhook_sources") == "stripe"
    assert clone.value("select count(*) from webhook_secrets where (valid_until > clock_timestamp()) is not false") == 1


def test_it_is_the_owner_s_alone(db):
    with db.refused("42501"), db.acting_as("pipeline_writer"):
        db.execute("select set_signing_secret('vendor', %s)", (secret_of(32),))
