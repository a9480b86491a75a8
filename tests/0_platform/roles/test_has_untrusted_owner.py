import pytest


@pytest.fixture
def guest(db):
    db.execute("create role pgfunnel_guest")
    db.execute("create schema vault; create view vault.v as select 1; create function vault.f() returns int return 1")
    db.execute("grant create, usage on schema vault to pgfunnel_guest")
    return "pgfunnel_guest"


def test_what_is_one_s_own_is_not(db, guest):
    assert db.value("select has_untrusted_owner('vault', '{v, f}')") is False


@pytest.mark.parametrize("owned", ["schema vault", "view vault.v", "function vault.f()"])
def test_what_another_role_owns_is(db, guest, owned):
    db.execute(f"alter {owned} owner to {guest}".encode())

    assert db.value("select has_untrusted_owner('vault', '{v, f}')") is True


def test_what_an_extension_brought_is_not(db, guest):
    db.execute(f"alter schema vault owner to {guest}; alter extension plpgsql add schema vault".encode())

    assert db.value("select has_untrusted_owner('vault', '{v, f}')") is False


def test_what_is_not_called_there_may_be_anybody_s(db, guest):
    db.execute(f"alter view vault.v owner to {guest}".encode())

    assert db.value("select has_untrusted_owner('vault', '{f}')") is False


def test_to_a_plain_owner_neither_his_own_nor_a_superuser_s_is(db, guest):
    schema = db.value("select quote_ident(current_schema())")
    db.execute(f"grant usage on schema {schema} to {guest}")
    db.execute(f"grant execute on function has_untrusted_owner(name, name[]) to {guest}")
    db.execute(f"alter view vault.v owner to {guest}")

    with db.acting_as(guest):
        assert db.value("select has_untrusted_owner('vault', '{v, f}')") is False
