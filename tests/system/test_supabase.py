"""The roles of an API, as Supabase has them: nothing of the package is theirs but by the group roles.

Its old default privileges give every new table, function and sequence of an exposed schema to anon, authenticated and
service_role; its new ones give nothing, not even execute to public.
"""

import shutil

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from conftest import Clock, connect_to
from pgfunnel import install, loader

API = ("anon", "authenticated", "service_role")
OLD = """
    alter default privileges in schema funnel grant all on tables to anon, authenticated, service_role;
    alter default privileges in schema funnel grant all on functions to anon, authenticated, service_role;
    alter default privileges in schema funnel grant all on sequences to anon, authenticated, service_role;
"""
NEW = "alter default privileges revoke execute on functions from public;"
BROKER = "11111111-1111-1111-1111-111111111111"
OTHER = "22222222-2222-2222-2222-222222222222"

# what a role may do with which object of the schema, by whatever way it came to it
RIGHTS = """
    select c.relname || coalesce('.' || a.attname, '') as object, p.name as right
      from pg_class as c
      left join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and c.relkind <> 'S'
     cross join unnest(array['select', 'insert', 'update', 'references']) as p (name)
     where c.relnamespace = 'funnel'::regnamespace
       and c.relkind in ('r', 'v', 'm', 'p', 'f')
       and has_column_privilege(%(role)s, c.oid, a.attnum, p.name)
    union all
    select c.relname, p.name
      from pg_class as c
     cross join unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) as p (name)
     where c.relnamespace = 'funnel'::regnamespace
       and c.relkind in ('r', 'v', 'm', 'p', 'f')
       and has_table_privilege(%(role)s, c.oid, p.name)
    union all
    select c.relname, p.name
      from pg_class as c
     cross join unnest(array['select', 'update', 'usage']) as p (name)
     where c.relnamespace = 'funnel'::regnamespace
       and c.relkind = 'S'
       and has_sequence_privilege(%(role)s, c.oid, p.name)
    union all
    select p.oid::regprocedure::text, 'execute'
      from pg_proc as p
     where p.pronamespace = 'funnel'::regnamespace
       and has_function_privilege(%(role)s, p.oid, 'execute')
    union all
    select 'the schema', 'create' where has_schema_privilege(%(role)s, 'funnel', 'create')
"""


@pytest.fixture
def api(empty_database):
    """The owner's connection to a database where the API's roles and their login are known; what wasn't there goes."""
    with connect_to(empty_database, Clock()) as owner:
        made = []
        for role in (*API, "authenticator"):
            if not owner.value("select exists (select from pg_roles where rolname = %s)", role):
                login = "login noinherit password 'x'" if role == "authenticator" else "nologin noinherit"
                owner.execute(sql.SQL(f"create role {{}} {login}").format(sql.Identifier(role)))
                made.append(role)
        if "authenticator" in made:
            owner.execute("grant anon, authenticated, service_role to authenticator")
        owner.execute("create schema funnel; grant usage on schema funnel to anon, authenticated, service_role")
        yield owner
        for role in made:
            owner.execute(sql.SQL("drop owned by {}").format(sql.Identifier(role)))
        for role in reversed(made):
            owner.execute(sql.SQL("drop role {}").format(sql.Identifier(role)))


def rights(owner, role):
    return {tuple(row) for row in owner.execute(RIGHTS, {"role": role}).fetchall()}


@pytest.fixture(params=[OLD, NEW], ids=["old defaults", "new defaults"])
def installed_api(request, api, empty_database):
    api.execute(request.param)
    # on Supabase service_role and authenticated inherit; the memberships are made at install
    api.execute("alter role authenticated inherit; alter role service_role inherit")
    install.apply(empty_database)
    return api


def nothing_leaks(owner):
    assert rights(owner, "anon") == set()
    assert rights(owner, "authenticated") == rights(owner, "pipeline_broker")
    assert rights(owner, "service_role") == rights(owner, "pipeline_writer")


def test_the_roles_of_the_api_have_what_their_group_has_and_no_more(installed_api):
    nothing_leaks(installed_api)


def test_an_owner_who_may_not_grant_the_group_roles_is_told_what_to_do(api, empty_database):
    """They are another's where another made them, for a database of his own on the same server."""
    for role in ("pipeline_writer", "pipeline_broker", "pipeline_reader"):
        if not api.value("select exists (select from pg_roles where rolname = %s)", role):
            api.execute(sql.SQL("create role {} nologin").format(sql.Identifier(role)))
    api.execute("create role second_owner login password 'x'")
    try:
        api.execute(
            "do $$ begin execute format('grant create, connect on database %I to second_owner', current_database());"
            " end $$; grant create, usage on schema public, funnel to second_owner;"
            " create extension if not exists pgcrypto schema public"
        )

        with pytest.raises(psycopg.Error) as caught:
            install.apply(make_conninfo(empty_database, user="second_owner", password="x"), "second")

        assert caught.value.sqlstate == "PF003"
        assert "grant pipeline_writer to service_role" in caught.value.diag.message_hint
    finally:
        api.execute("drop owned by second_owner cascade; drop role second_owner")


def test_a_later_release_opens_nothing_either(installed_api, empty_database, tmp_path, monkeypatch):
    folder = tmp_path / "sql"
    shutil.copytree(loader.SQL, folder)
    (folder / "7_jobs" / "new_habit.sql").write_text(
        "-- A function of a later release.\ncreate or replace function new_habit() returns int language sql"
        " set search_path from current as $$ select 1 $$;"
    )
    (folder / "8_watch" / "new_view.sql").write_text(
        "-- A view of a later release.\ncreate or replace view new_view as select l.pii from leads as l;"
    )
    shutil.copytree(loader.MIGRATIONS, tmp_path / "migrations")
    made = "create table new_table (id bigserial primary key);"
    (tmp_path / "migrations" / "pgfunnel-0099-new-table.sql").write_text(made)
    monkeypatch.setattr(loader, "MIGRATIONS", tmp_path / "migrations")
    installed_api.execute(made)
    installed_api.execute("drop view contactable_leads")

    with psycopg.connect(empty_database, options="-c search_path=funnel") as connection:
        loader.load_code(connection, folder)

    nothing_leaks(installed_api)


def test_a_release_keeps_lead_upload_open_to_the_roles_of_the_setting_and_to_no_others(installed_api, empty_database):
    installed_api.execute("grant execute on function lead_upload(bytea) to anon, authenticated")
    installed_api.execute("update settings set value = ' anon , nobody_s_role' where key = 'lead_upload_roles'")

    with psycopg.connect(empty_database, options="-c search_path=funnel") as connection:
        loader.load_code(connection)

    assert rights(installed_api, "anon") == {("lead_upload(bytea)", "execute")}
    assert rights(installed_api, "authenticated") == rights(installed_api, "pipeline_broker")


@pytest.mark.parametrize("grantee", ["pgfunnel_app", "public"])
def test_default_privileges_of_the_owner_for_others_give_nothing(api, empty_database, grantee):
    api.execute("create role pgfunnel_app; grant usage on schema funnel to pgfunnel_app")
    for things in ("tables", "functions", "sequences"):
        api.execute(f"alter default privileges grant all on {things} to {grantee}".encode())
    try:
        install.apply(empty_database)

        assert rights(api, "pgfunnel_app") == set()
    finally:
        api.execute("drop owned by pgfunnel_app; drop role pgfunnel_app")


def test_a_request_sees_its_broker_s_leads_and_an_anonymous_one_none(installed_api):
    own = installed_api.leads(2, broker=BROKER)
    installed_api.leads(3, broker=OTHER)
    host, port = installed_api.info.host, installed_api.info.port
    with psycopg.connect(
        host=host, port=port, dbname=installed_api.info.dbname, user="authenticator", password="x"
    ) as pooled:

        def ask(role, claims, query):
            with pooled.transaction():
                pooled.execute("select set_config('role', %s, true)", (role,))
                pooled.execute("select set_config('request.jwt.claims', %s, true)", (claims,))
                return pooled.execute(query).fetchall()

        token = f'{{"sub": "{BROKER}", "role": "authenticated"}}'
        assert {row[0] for row in ask("authenticated", token, "select id from funnel.my_leads")} == set(own)
        assert ask("authenticated", "", "select id from funnel.my_leads") == []
        assert ask("authenticated", '{"role": "authenticated"}', "select id from funnel.leads") == []
        assert ask("service_role", token, "select count(*) from funnel.leads") == [(5,)]
        opened = ask("service_role", "", f"select funnel.reveal_lead('{own[0]}', 'call back')")
        assert opened[0][0]["first_name"] == "Ada"
        assert ask("authenticated", token, f"select funnel.reveal_lead('{own[0]}', 'call back')") == opened
        for query in (
            "select id from funnel.leads",
            "select * from funnel.contactable_leads",
            "select funnel.submit_lead('{}')",
            "select funnel.reveal_lead(gen_random_uuid(), 'x')",
            "select * from funnel._yoyo_migration",
            "delete from funnel.yoyo_lock returning 1",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                ask("anon", token, query)
