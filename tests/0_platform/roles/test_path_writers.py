import pytest


def test_nobody_else_writes_into_the_path(db):
    assert db.rows("select * from path_writers()") == []


def test_a_role_that_may_create_in_a_schema_of_the_path_is_named(db):
    schema = db.value("select quote_ident(current_schema())")
    db.execute("create role pgfunnel_guest")
    db.execute("grant create on schema public to pgfunnel_guest")
    db.execute(f"grant create on schema {schema} to public")

    assert db.rows("select * from path_writers()") == [
        ("pgfunnel_guest", "may create in schema public", "revoke create on schema public from …;"),
        ("public", f"may create in schema {schema}", f"revoke create on schema {schema} from …;"),
    ]


def test_the_owner_of_a_schema_is_one_who_may(db):
    db.execute("create role pgfunnel_guest")
    db.execute("alter schema public owner to pgfunnel_guest")
    db.execute("revoke create on schema public from pgfunnel_guest")  # which he can give himself again

    assert db.rows("select role from path_writers()") == [("pgfunnel_guest",)]


@pytest.mark.parametrize(
    "planted",
    [
        "create function public.concat_ws(text, text, text, text) returns text language sql as 'select current_user'",
        "create operator public.+ (function = time_pl_interval, leftarg = time, rightarg = interval)",
    ],
)
def test_who_could_once_and_left_something_there_is_named(db, planted):
    """A function of exactly the types of a call is taken before the server's variadic one."""
    db.execute("create role pgfunnel_guest")
    db.execute("grant create on schema public to pgfunnel_guest; set local role pgfunnel_guest")
    db.execute(planted.encode())
    db.execute("reset role; revoke create on schema public from pgfunnel_guest")

    assert db.rows("select role, danger from path_writers()") == [
        ("pgfunnel_guest", "owns functions or operators in schema public")
    ]


def test_the_database_s_owner_may_do_what_he_may_do_anyway(db):
    db.execute("create role pgfunnel_guest")
    db.execute(f"alter database {db.value('select quote_ident(current_database())')} owner to pgfunnel_guest")
    db.execute("grant create on schema public to pgfunnel_guest; set local role pgfunnel_guest")
    db.execute("create function public.pgfunnel_other() returns int language sql as 'select 1'")
    db.execute("reset role")

    assert db.rows("select * from path_writers()") == []


def test_tables_that_are_not_the_package_s_are_none_of_its_business(db):
    """As in the schema public, where an API's roles have all rights on all tables."""
    db.execute("create role pgfunnel_guest")
    db.execute("create table pgfunnel_other (id int)")
    db.execute("grant all on pgfunnel_other to pgfunnel_guest, public")

    assert db.rows("select * from path_writers()") == []


def test_who_may_make_triggers_on_a_view_of_the_package_is_named(db):
    db.execute("create role pgfunnel_guest")
    db.execute("grant all on my_leads to pgfunnel_guest")

    assert db.rows("select role, danger from path_writers()") == [("pgfunnel_guest", "may make triggers on my_leads")]


def test_who_may_make_triggers_on_a_table_is_named(db):
    """As on a table leads that was there before, with all rights granted to the roles of an API."""
    db.execute("create role pgfunnel_guest")
    db.execute("grant all on leads to pgfunnel_guest")

    assert db.rows("select role, danger from path_writers()") == [("pgfunnel_guest", "may make triggers on leads")]
