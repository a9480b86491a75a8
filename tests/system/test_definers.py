"""Functions with the owner's rights, attacked by who may call them: everything they use is shadowed, and they use none
of it.

The attacker has a schema of his own before all others on his path, pg_catalog's among them, with functions, operators,
types and tables of the names that the package and the server have; and temp tables of the names of all of its tables.
"""

import re
from pathlib import Path

import psycopg
import pytest

ACCESS = Path(__file__).parents[2] / "docs" / "access.md"
SHADOWED = "EVIL1"
# out of names that the catalog or the owner's own tables have, each quoted; for Vault, which not every server has,
# out of nothing
MAY_BUILD = [
    "provider_key(text)",
    "purge_expired(timestamp with time zone)",
    "reseal_column(text,text,integer)",
    "schedule_jobs()",
    "sealed_by(integer)",
    "store_key(text,text)",
    "touched_leads(uuid)",
    "unschedule_jobs()",
    "verify_message(webhook_schemes,text,jsonb,bytea,timestamp with time zone)",
]
DEFINERS = """
    select p.oid, p.oid::regprocedure::text as name, p.proname, p.prokind::text as kind,
           p.prorettype = 'trigger'::regtype as is_trigger,
           array(select format_type(t.type, null) from unnest(p.proargtypes::oid[]) with ordinality as t (type, n)
                  order by t.n) as types
      from pg_proc as p
     where p.pronamespace = quote_ident(current_schema())::regnamespace
       and p.prosecdef
     order by 2
"""
# a value of each type that lets a function get further than its first check
VALUES = {
    "uuid": "(select id from ids limit 1)",
    "text": "'phone'",
    "jsonb": '\'{"property_street": "12 Main St", "property_zip": "90012"}\'',
    "bytea": "'Address,Zip\n12 Main St,90012\n'::bytea",
    "text[]": "array['PV01']",
    "timestamp with time zone": "now()",
    "interval": "interval '1 hour'",
    "boolean": "true",
}


def listed() -> list[str]:
    return re.findall(r"^- `([^`]+)`$", ACCESS.read_text(), re.M)


def test_the_document_lists_them(db):
    names = [row.name for row in db.rows(DEFINERS)]

    assert listed() == names, "docs/access.md must read:\n" + "\n".join(f"- `{name}`" for name in names)


def shadow(db, schema):
    """What an attacker can put in the way."""
    db.execute("create role pgfunnel_evil in role pipeline_writer, pipeline_broker, pipeline_reader")
    db.execute("create schema evil authorization pgfunnel_evil")
    db.execute("create temp table ids as select id from leads")
    db.execute("grant select on ids to pgfunnel_evil")
    tables = db.rows(
        "select c.relname from pg_class as c where c.relnamespace = %s::regnamespace and c.relkind in ('r', 'v', 'm')",
        schema,
    )
    # one shadow a name and arguments: what the package has, and what of the server it calls
    functions = db.rows(
        """
        select distinct on (p.proname, a.arguments) quote_ident(p.proname) as name, a.arguments
          from pg_proc as p
         cross join pg_get_function_identity_arguments(p.oid) as i (text)
         cross join lateral (
           select array_to_string(array(
             select format_type(t.type, null) from unnest(p.proargtypes::oid[]) with ordinality as t (type, n)
              order by t.n), ', ')
         ) as a (arguments)
         where p.prokind in ('f', 'p')
           and a.arguments !~ 'internal|"any"|any|cstring'
           and (p.pronamespace = %s::regnamespace
                or p.pronamespace = 'pg_catalog'::regnamespace
                   and p.proname ~ '^(now|clock_timestamp|sha256|encode|decode|convert_to|convert_from|btrim|lower|left'
                       '|gen_random_uuid|regexp_replace|set_config|current_setting|octet_length|jsonb_each'
                       '|jsonb_typeof|hmac|date_part)$'
                or p.proname in ('hmac', 'encrypt_iv', 'decrypt_iv', 'gen_random_bytes'))
        """,
        schema,
    )
    db.execute("set local role pgfunnel_evil")
    db.execute("set local client_min_messages = warning")
    body = f"begin raise exception using errcode = '{SHADOWED}', message = 'shadowed'; end"
    db.execute(
        "\n".join(
            f"create function evil.{f.name}({f.arguments}) returns text language plpgsql as $$ {body} $$;"
            for f in functions
        ).encode()
    )
    for operator, left, right, result in (
        ("=", "text", "text", "boolean"), ("=", "uuid", "uuid", "boolean"), ("<>", "text", "text", "boolean"),
        ("=", "integer", "integer", "boolean"), (">", "integer", "integer", "boolean"), ("||", "text", "text", "text"),
        ("->>", "jsonb", "text", "text"), ("->", "jsonb", "text", "jsonb"), ("?", "jsonb", "text", "boolean"),
        ("=", "bytea", "bytea", "boolean"), ("||", "bytea", "bytea", "bytea"), ("||", "jsonb", "jsonb", "jsonb"),
        ("<", "timestamptz", "timestamptz", "boolean"), ("+", "timestamptz", "interval", "timestamptz"),
    ):  # fmt: skip
        name = f"evil.op_{left}_{right}_{result}"
        db.execute(
            f"create or replace function {name}({left}, {right}) returns {result} language plpgsql as $$ {body} $$;"
            f"create operator evil.{operator} (function = {name}, leftarg = {left}, rightarg = {right})"
        )
    for row in tables:
        db.execute(
            f'create temp table "{row.relname}" (shadowed int); create table evil."{row.relname}" (shadowed int)'
        )


def call(routine, qualified):
    values = ", ".join(VALUES.get(kind, "1") + f"::{kind}" for kind in routine.types)
    name = f"{qualified}.{routine.proname}({values})"
    return f"call {name}" if routine.kind == "p" else f"select {name}"


def outcome(db, query):
    """The SQLSTATE of a call, which is undone; what it set stays undone with it."""
    try:
        with db.transaction(force_rollback=True):
            db.execute(query.encode())
    except psycopg.Error as error:
        return error.sqlstate
    return "00000"


def routines() -> list[str]:
    return listed()


@pytest.mark.parametrize("name", routines())
def test_nothing_of_the_caller_s_is_used(db, name):
    routine = next(row for row in db.rows(DEFINERS) if row.name == name)
    schema = db.value("select quote_ident(current_schema())")
    db.leads(2, status="queued")
    db.ingest("Address,Zip\n14 Main St,90012\n15,\n")
    db.execute("insert into brokers (db_role, broker_id) values (session_user, gen_random_uuid())")
    db.execute("create temp table ids on commit drop as select id from leads; grant select on ids to public")
    query = call(routine, schema)
    db.execute(f"grant execute on {'procedure' if routine.kind == 'p' else 'function'} {name} to pipeline_writer")
    with db.acting_as("pipeline_writer"):
        plain = outcome(db, query)

    db.execute("drop table ids")
    shadow(db, schema)
    db.execute(f"set local search_path = evil, pg_temp, pg_catalog, {schema}")
    attacked = outcome(db, query.replace("from ids", "from pg_temp.ids").replace("now()", "pg_catalog.now()"))

    assert attacked == plain
    assert attacked not in (SHADOWED, "42501", "42703", "42883", "42P01")
    # its path and its rights end with it
    assert db.value("select pg_catalog.current_setting('search_path')").startswith("evil, pg_temp")
    assert db.value("select current_user::pg_catalog.text") == "pgfunnel_evil"


# what any login may set: how values are written and read, how literals are, how statements are planned, what PL/pgSQL
# minds. Some have another name, or none, on another version of the server
SETTINGS = {
    "texts": {
        "datestyle": "SQL, DMY", "intervalstyle": "sql_standard", "timezone": "Pacific/Kiritimati",
        "bytea_output": "escape", "extra_float_digits": "-15", "array_nulls": "off", "transform_null_equals": "on",
        "quote_all_identifiers": "on",
        "xmlbinary": "hex", "backslash_quote": "off", "standard_conforming_strings": "off", "lc_numeric": "C",
        "timezone_abbreviations": "India", "row_security": "off",
    },
    "plans": {
        "plan_cache_mode": "force_generic_plan", "work_mem": "64kB", "debug_parallel_query": "on",
        "force_parallel_mode": "on", "from_collapse_limit": "1", "join_collapse_limit": "1", "geqo_threshold": "2",
        "enable_hashagg": "off", "enable_hashjoin": "off", "enable_material": "off", "enable_memoize": "off",
        "enable_seqscan": "off", "enable_indexscan": "off", "enable_bitmapscan": "off", "enable_sort": "off",
        "gin_fuzzy_search_limit": "1",
    },
    "checks": {
        "plpgsql.extra_errors": "all", "plpgsql.check_asserts": "off", "check_function_bodies": "off",
        "client_min_messages": "debug5", "debug_print_plan": "on", "debug_print_parse": "on",
        "debug_print_rewritten": "on",
        "plpgsql.print_strict_params": "on", "default_toast_compression": "pglz", "cursor_tuple_fraction": "0",
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", SETTINGS)
def test_nothing_that_the_caller_may_set_changes_what_comes_of_a_call(clone, connect, kind):
    schema = clone.value("select quote_ident(current_schema())")
    clone.leads(2, status="queued")
    clone.ingest("Address,Zip\n14 Main St,90012\n15,\n")
    clone.execute("create table ids as select id from leads; grant select on ids to public")
    called = [row for row in clone.rows(DEFINERS) if not row.is_trigger]
    for row in called:
        clone.execute(
            f"grant execute on {'procedure' if row.kind == 'p' else 'function'} {row.name} to pipeline_writer".encode()
        )
    keys = [bytes(row.key).hex() for row in clone.rows("select key from key_ring() union select key_encryption_key()")]
    plain, hostile = (connect("pipeline_writer") for _ in range(2))
    heard = []
    hostile.add_notice_handler(lambda notice: heard.append(f"{notice.message_primary} {notice.message_detail}"))
    settings = "select set_config(s.name, %s, false) from pg_settings as s where lower(s.name) = %s"
    for name, value in SETTINGS[kind].items():
        if name.startswith("plpgsql."):
            hostile.execute("do $$ begin end $$")  # the language is loaded, and knows them
        hostile.execute(settings, (value, name))

    outcomes = {}
    for row in called:
        query = call(row, schema)
        outcomes[row.name] = outcome(plain, query), outcome(hostile, query)

    assert {name: both for name, both in outcomes.items() if both[0] != both[1]} == {}
    assert sum(both[0] == "00000" for both in outcomes.values()) > 20
    said = " ".join(heard)
    shown = b"".join(
        bytes(int(byte) % 256 for byte in value.split()) for value in re.findall(r"\[ ([-0-9 ]+) \]", said)
    ).hex()
    assert not any(key in shown or key in said for key in keys)


def test_no_plan_of_theirs_is_printed(db):
    """Any login may set debug_print_plan, and have the plans of a function's statements sent to it: with the values of
    its variables, keys among them."""
    pinned = """
        select p.oid::regprocedure::text
          from pg_proc as p
         where p.pronamespace = quote_ident(current_schema())::regnamespace
           and p.prosecdef
           and 'debug_print_plan=off' = any(p.proconfig)
         order by 1
    """

    assert [row[0] for row in db.rows(pinned)] == listed()


def test_no_function_builds_a_statement(db):
    """Dynamic SQL has to say which text it trusts, and why: one has any."""
    code = """
        select p.oid::regprocedure::text as name, p.prosrc
          from pg_proc as p
          join pg_language as l on l.oid = p.prolang and l.lanname = 'plpgsql'
         where p.pronamespace = %s::regnamespace
    """
    schema = db.value("select quote_ident(current_schema())")
    dynamic = [
        row.name
        for row in db.rows(code, schema)
        if re.search(r"\bexecute\b", re.sub(r"--.*|'(?:[^']|'')*'", "", row.prosrc), re.I)
    ]

    assert sorted(dynamic) == MAY_BUILD


def test_the_shadows_would_be_felt(db):
    """A function without a pinned path falls for them."""
    schema = db.value("select quote_ident(current_schema())")
    db.execute(
        "create function naive() returns boolean language sql security definer as"
        " $$ select exists (select from settings where key = btrim('x')) $$"
    )
    db.execute("grant execute on function naive() to pipeline_writer")
    shadow(db, schema)
    db.execute(f"set local search_path = evil, pg_temp, pg_catalog, {schema}")

    assert outcome(db, f"select {schema}.naive()") in (SHADOWED, "42703", "42883")


def test_the_triggers_of_leads_use_nothing_of_the_caller_s(db):
    schema = db.value("select quote_ident(current_schema())")
    (lead,) = db.leads(1, status="queued")
    shadow(db, schema)
    db.execute(f"set local search_path = evil, pg_temp, pg_catalog, {schema}")

    moved = f"update {schema}.leads set campaign_status = 'active'::{schema}.campaign_status"
    db.execute(moved.encode())
    db.execute("reset role")
    db.execute(f"set local search_path = {schema}, pg_temp")

    assert db.value("select campaign_status from leads where id = %s", lead) == "active"
    assert db.value("select sum(fed) from campaign_days") == 1


@pytest.mark.parametrize("name", routines())
def test_who_has_no_right_to_it_can_t_call_it(db, name):
    routine = next(row for row in db.rows(DEFINERS) if row.name == name)
    schema = db.value("select quote_ident(current_schema())")
    db.execute("create role pgfunnel_evil")
    db.execute(f"grant usage on schema {schema} to pgfunnel_evil")
    db.execute("create temp table ids as select id from leads; grant select on ids to public")
    db.execute("set local role pgfunnel_evil")

    assert outcome(db, call(routine, schema)) == "42501"
