"""A broker who means harm: a real login of pipeline_broker, listed in brokers, tries what the server's language allows.

Each attack says what must come of it: an SQLSTATE, or the rows. Whatever comes back – rows, errors, hints, notices,
plans – names nothing of another's leads, and no attack changes any row but the broker's own.
"""

import json
import os
import re
import statistics
import time

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from conftest import SCHEMA, Clock, connect_to, fresh_database

BROKER = "11111111-1111-1111-1111-111111111111"
OTHER = "22222222-2222-2222-2222-222222222222"
LOGIN = f"pgfunnel_mallory_{os.getpid()}"
DENIED = "42501"
OWN = 3
OWN_LEAD = "select id from leads where assigned_broker_id = %s and source = 'test' order by id limit 1"
FOREIGN = """
    Address,City,Zip,MAK,County FIPS,APN,First Name,Last Name,Phone 1,Email 1
    77 Secretview Rd,Hiddenville,90077,7777777777,06037,777-777,Zephyrine,Quill,2015550177,zephyrine@example.com
""".replace("    ", "").lstrip()
# what no answer may name; filled in with what the database made of it
SECRETS = ["Secretview", "Hiddenville", "7777777777", "777777", "Zephyrine", "Quill", "5550177", "zephyrine@", OTHER]


@pytest.fixture(scope="module")
def office(server, installed):
    """The owner's committing connection to the database that is attacked."""
    with (
        fresh_database(server, f"pgfunnel_attacked_{os.getpid()}", installed.template_dbname) as url,
        connect_to(url, Clock()) as connection,
    ):
        connection.execute(f"create role {LOGIN} login password 'mallory' in role pipeline_broker")
        connection.execute("insert into brokers values (%s, %s), ('pgfunnel_victim', %s)", (LOGIN, BROKER, OTHER))
        connection.leads(OWN, broker=BROKER)
        connection.ingest(FOREIGN)
        connection.execute(
            "update leads set assigned_broker_id = %s, consent = true, consented_at = now(), phone_verified = true,"
            " status = 'Quill called' where mak = '7777777777'",
            (OTHER,),
        )
        connection.leads(2)
        connection.execute("select reveal_lead(id, 'to call Zephyrine') from leads where mak = '7777777777'")
        connection.execute("update lead_contacts set verified = true")
        connection.execute("call refresh_contactable_leads()")
        connection.execute("select issue_consent_token(id) from leads where mak = '7777777777'")
        connection.execute("analyze")
        yield connection
        connection.execute("drop owned by " + LOGIN)
        connection.execute("drop role " + LOGIN)


@pytest.fixture
def mallory(office):
    url = make_conninfo(
        user=LOGIN, password="mallory", host=office.info.host, port=office.info.port, dbname=office.info.dbname
    )
    with connect_to(url, office.clock) as connection:
        yield connection


def world(office):
    """Everything that is not the broker's to change."""
    tables = (
        "brokers", "settings", "campaigns", "suppressions", "consents", "consent_tokens", "deliveries", "data_keys",
        "local_keys", "webhook_secrets", "jobs", "campaign_days",
    )  # fmt: skip
    rights = """
        select array(select c.relname || coalesce(c.relacl::text, '') || c.relrowsecurity
                       from pg_class as c
                      where c.relnamespace = quote_ident(current_schema())::regnamespace
                      order by 1) as rights
    """
    foreign = "select * from leads where assigned_broker_id is distinct from %s order by id"
    contacts = """
        select c.*
          from lead_contacts as c
          join leads as l on l.id = c.lead_id and l.assigned_broker_id is distinct from %s
         order by c.lead_id, c.channel, c.position
    """
    seen = {table: office.rows(f"select to_jsonb(t) as r from {table} as t order by t") for table in tables}
    return seen | {
        "leads": office.rows(foreign, BROKER),
        "contacts": office.rows(contacts, BROKER),
        "rights": office.rows(rights),
        "objects": office.rows("select count(*) from pg_proc where pronamespace = %s::regnamespace", SCHEMA),
        "reveals": office.rows("select * from pii_reveals where broker_id is distinct from %s order by id", BROKER),
    }


def run(connection, statement):
    """What one statement answers: its rows, or the rows of a copy."""
    if statement.startswith("copy") and "to stdout" in statement:
        with connection.cursor().copy(statement) as copy:
            return [bytes(line).decode().rstrip("\n") for line in copy]
    if statement.startswith("copy") and "from stdin" in statement:
        with connection.cursor().copy(statement) as copy:
            copy.write("x\n")
        return []
    cursor = connection.execute(statement)
    return [tuple(row) for row in cursor.fetchall()] if cursor.description else [cursor.rowcount]


LEAK = (
    "create function pg_temp.leak(text) returns boolean language plpgsql cost 0.0000001 as"
    " $$ begin raise notice 'leaked %', $1; return true; end $$"
)
ADDRESS = json.dumps(
    {
        "property_street": "77 Secretview Rd",
        "property_city": "Hiddenville",
        "property_zip": "90077",
        "first_name": "Mallory",
        "phone_1": "2015550199",
    }
)
NEW = json.dumps({"property_street": "1 Open Rd", "property_zip": "90001"})
CLAIM = f"""set request.jwt.claims = '{{"sub": "{OTHER}", "role": "service_role"}}'"""
COUNT = "select count(*) from leads where assigned_broker_id is distinct from current_broker_id()"
# the setting had another name before PostgreSQL 16
WORKER = (
    "select set_config(s.name, 'on', false) from pg_settings as s"
    " where s.name in ('debug_parallel_query', 'force_parallel_mode')"
)

# name: (what must come of the last statement, the statements). {victim} is another broker's lead, {own} one of his
ATTACKS = {
    # reading
    "all columns": (DENIED, "select * from leads"),
    "the sealed document": (DENIED, "select pii from leads"),
    "the document by functional notation": (DENIED, "select pii(leads) from leads"),
    "a whole row": (DENIED, "select leads from leads"),
    "a whole row as json": (DENIED, "select to_jsonb(l) from leads as l"),
    "a whole row in a condition": (DENIED, "select id from leads where leads::text like '%Secret%'"),
    "the keys": (DENIED, "select mak, apn, addr_hash from leads"),
    "a key in a condition": (DENIED, "select count(*) from leads where mak = '7777777777'"),
    "a key to sort by": (DENIED, "select id from leads order by addr_hash"),
    "a key to join by": (DENIED, "select l.id from leads as l join (values ('7777777777')) as v (mak) using (mak)"),
    "rows by their id": ([], "select id, street from leads where id = '{victim}'"),
    "rows by their broker": ([], f"select street from leads where assigned_broker_id = '{OTHER}'"),
    "rows by a subquery": ([(None,)], "select (select street from leads where id = '{victim}')"),
    "rows by a sample": ([(0,)], COUNT.replace("from leads", "from leads tablesample system (100)")),
    "rows by place": (DENIED, "select ctid from leads where ctid = '(0,4)'"),
    "rows by place, by function": (DENIED, f"select currtid2('{SCHEMA}.leads', '(0,4)')"),
    "rows by xml": (DENIED, "select table_to_xml('leads', true, true, '')"),
    "rows by a query in xml": (DENIED, "select query_to_xml('select pii from leads', true, true, '')"),
    "another's reveals": (DENIED, "select purpose from pii_reveals"),
    "his own reveals, straight": (DENIED, "select * from pii_reveals where revealed_by = session_user"),
    # counting
    "counting": ([(0,)], COUNT),
    "counting all": ([(OWN,)], "select count(*) from my_leads"),
    "the highest score": ([(None,)], "select max(lead_score) from leads where city = 'Hiddenville'"),
    "counting by a sequence": ([], "select last_value from pg_sequences where last_value is not null"),
    "reading a sequence": (DENIED, "select last_value from pipeline_events_id_seq"),
    "moving a sequence": (DENIED, "select nextval('pipeline_events_id_seq')"),
    # unique keys, conflicts, foreign keys
    "a unique violation": (DENIED, "insert into leads (addr_hash) select 'v1:' || md5('x')"),
    "a primary key's violation": (DENIED, "insert into leads (id) values ('{victim}')"),
    "on conflict do nothing": (DENIED, "insert into leads (street) values ('x') on conflict do nothing"),
    "on conflict do update": (
        DENIED, "insert into leads (id) values ('{victim}') on conflict (id) do update set status = 'mine'"),
    "an update onto another's id": (DENIED, "update leads set id = '{victim}' where id = '{own}'"),
    "merge into leads": (
        DENIED,
        "merge into leads as l using (values ('{victim}'::uuid)) as v (id) on l.id = v.id"
        " when matched then update set status = 'mine' when not matched then insert (id) values (v.id)"),
    "a foreign key's probe": (DENIED, "insert into consent_tokens (lead_id, nonce_hash) values ('{victim}', 'x')"),
    "a foreign key of the outbox": (
        DENIED, "insert into deliveries (lead_id, campaign_id, channel, not_before, created_at)"
        " values ('{victim}', 1, 'phone', now(), now())"),
    "a foreign key from a temp table": ("42P16", f"create temp table t (id uuid references {SCHEMA}.leads)"),
    # error text, casts
    "a division by zero": (
        [(0,)], "select sum(1 / case when street like '77 Secret%' then 0 else 1 end) * 0 from leads"),
    "a cast that fails": ([], "select street::int from leads where city = 'Hiddenville'"),
    "a cast that names its row": ("22P02", "select street::int from leads"),
    "a cast of a whole view": ("22P02", "select (contactable_leads::text)::int from contactable_leads"),
    "a cast of one's own": (DENIED, f"create cast ({SCHEMA}.leads as text) with inout"),
    "a check that fails": ([0], "update leads set status = street where id = '{victim}'"),
    # leaky functions, plans, statistics
    "a leaky function on leads": ([(0,)], LEAK, COUNT + " and pg_temp.leak(street)"),
    "a leaky function on my_leads": ([(OWN,)], LEAK, "select count(*) from my_leads where pg_temp.leak(street)"),
    "a leaky function on contactable_leads": (
        [(OWN,)], LEAK, "select count(*) from contactable_leads where pg_temp.leak(lead_id::text || city)"),
    "a leaky function in a join": (
        [(OWN,)], LEAK, "select count(*) from leads as l join my_leads as m on m.id = l.id and pg_temp.leak(l.street)"),
    "a leaky function in an update": (
        [0], LEAK, "update leads set status = 'x' where pg_temp.leak(street) and city = 'Hiddenville'"),
    "a leaky operator": (
        [(OWN,)], LEAK.replace("leak(text)", "leak(text, text)"),
        "create operator pg_temp.<<<< (function = pg_temp.leak, leftarg = text, rightarg = text)",
        "select count(*) from leads where street operator(pg_temp.<<<<) 'x'"),
    "a function that says it is leakproof": (DENIED, LEAK.replace("cost", "leakproof cost")),
    "a plan": (None, "explain (verbose, costs off) select street from leads where street = 'x'"),
    "a plan that runs a leaky function": (
        None, LEAK, "explain (analyze, timing off) select from leads where pg_temp.leak(street)"),
    "a plan of the view": (None, "explain (analyze, verbose) select * from contactable_leads"),
    "statistics": ([], f"select attname, most_common_vals from pg_stats where schemaname = '{SCHEMA}'"
                       " and most_common_vals::text like '%Hidden%'"),
    "statistics of leads": ([], "select * from pg_stats where tablename = 'leads'"),
    "raw statistics": (DENIED, "select stavalues1 from pg_statistic"),
    "others' queries": ([], "select query from pg_stat_activity where usename <> session_user"
                            " and query <> '<insufficient privilege>' and query <> ''"),
    # copy
    "copy out": (DENIED, "copy leads to stdout"),
    "copy out his columns": ([], "copy (select id from leads where id = '{victim}') to stdout"),
    "copy out a column": (DENIED, "copy leads (id, pii) to stdout"),
    "copy in": (DENIED, "copy leads (street) from stdin"),
    "copy into the upload": (DENIED, "copy upload_file from stdin"),
    "copy to a program": (DENIED, "copy (select 1) to program 'id'"),
    "copy to a file": (DENIED, "copy (select 1) to '/tmp/x'"),
    "a file of the server": (DENIED, "select pg_read_file('postgresql.conf')"),
    # views
    "the materialized view": (DENIED, "select * from mv_contactable_leads"),
    "refreshing it": (DENIED, "refresh materialized view mv_contactable_leads"),
    "refreshing it by the procedure": (DENIED, "call refresh_contactable_leads()"),
    "the view below the view": (DENIED, "select * from still_contactable"),
    "the live view": (DENIED, "select * from contactable"),
    "the office's views": (DENIED, "select * from upload_summary"),
    "another's contactable leads": ([], "select * from contactable_leads where city = 'Hiddenville'"),
    "another's leads in my_leads": ([], "select * from my_leads where id = '{victim}'"),
    "a view of one's own": (
        [(OWN,)], "create temp view v with (security_barrier = false) as select id from leads",
        "select count(*) from v"),
    "a view of one's own on what is sealed": (
        DENIED, "create temp view v as select pii from leads", "select * from v"),
    "a materialized view in the schema": (DENIED, f"create materialized view {SCHEMA}.v as select 1"),
    # functions and their arguments
    "revealing another's lead": ("PF071", "select reveal_lead('{victim}', 'curious')"),
    "revealing by a set": ("PF071", "select reveal_lead(v::uuid, 'x') from (values ('{own}'), ('{victim}')) as t (v)"),
    "revealing without a purpose": ("PF075", "select reveal_lead('{own}', '')"),
    "the inner reveal": (DENIED, "select lead_pii('{own}')"),
    "the keys of the sealing": (DENIED, "select * from key_ring()"),
    "a set-returning function of the office": (DENIED, "select * from claim_deliveries('phone')"),
    "rows from functions": (DENIED, "select * from rows from (key_ring(), generate_series(1, 2))"),
    "health": (DENIED, "select * from pipeline_health()"),
    "why somebody is contactable explained": (DENIED, "select * from explain_contactable(gen_random_uuid())"),
    "a merge explained": (DENIED, "select * from explain_match(gen_random_uuid(), 2)"),
    "whether a number is suppressed": (DENIED, "select is_suppressed('phone', '2015550177')"),
    "opting another out": (DENIED, "select opt_out('phone', '2015550177', 'x', 'x')"),
    "forgetting another": (DENIED, "select forget_lead('{victim}', 'x')"),
    "consenting for another": (DENIED, "select issue_consent_token('{victim}')"),
    "a function's time": (DENIED, "select feed_campaign('default', now())"),
    "a trigger's function": (DENIED, "select submit_my_lead()"),
    "a policy's function with a role": ([(False,)], "select sees_all_leads()"),
    # set role, path, settings, claims
    "the writer's role": (DENIED, "set role pipeline_writer"),
    "the owner's role": (DENIED, "set role '{owner}'"),
    "the owner's session": (DENIED, "set session authorization '{owner}'"),
    "row security off": (DENIED, "set row_security = off", COUNT),
    "row security off on a view": (DENIED, "set row_security = off", "select * from my_leads"),
    "claims by hand": ([(0,)], CLAIM, COUNT),
    "claims by hand, who am I": ([(BROKER,)], CLAIM, "select current_broker_id()::text"),
    "claims by hand, contactable": (
        [(0,)], CLAIM, f"select count(*) from contactable_leads where assigned_broker_id <> '{BROKER}'"),
    "claims by hand, revealing": ("PF071", CLAIM, "select reveal_lead('{victim}', 'x')"),
    "claims by hand in another form": (
        [(0,)], f"set request.jwt.claim.sub = '{OTHER}'", "set request.jwt.claim.role = 'service_role'", COUNT),
    "the group's role and claims": ([(0,)], CLAIM, "set role pipeline_broker", COUNT),
    "claims as a login's default": (DENIED, f"alter role {LOGIN} set request.jwt.claims = '{{}}'"),
    "the list of brokers": (DENIED, f"update brokers set broker_id = '{OTHER}'"),
    "the trusted authenticator": (DENIED, "update settings set value = session_user"),
    "a table brokers of one's own": (
        [(BROKER,)], f"create temp table brokers as select session_user::text as db_role, '{OTHER}'::uuid as broker_id",
        "select current_broker_id()::text"),
    "a function of one's own on the path": (
        [(0,)], "create function pg_temp.current_broker_id() returns uuid language sql as"
        f" $$ select '{OTHER}'::uuid $$", f"set search_path = pg_temp, {SCHEMA}",
        f"select count(*) from {SCHEMA}.my_leads where assigned_broker_id = '{OTHER}'"),
    # what a session may set
    "row security off, by the view": (DENIED, "set row_security = off", "select id from my_leads"),
    "row security off, by the owner's view": (
        [(0,)], "set row_security = off",
        f"select count(*) from contactable_leads where assigned_broker_id <> '{BROKER}'"),
    "a parallel worker": ([(0,)], WORKER, CLAIM, COUNT),
    "a parallel worker, by the view": ([(OWN,)], WORKER, CLAIM, "select count(*) from my_leads"),
    "a parallel worker, by the owner's view": (
        [(0,)], WORKER, f"select count(*) from contactable_leads where assigned_broker_id <> '{BROKER}'"),
    "the package's settings": (
        [0], "set pgfunnel.why = 'x'", f"set pgfunnel.upload = '{OTHER}'",
        "set pgfunnel.unlocked_key = 'ff'", "update my_leads set status = 'x' where id = '{victim}'"),
    "a key by hand": ("PF071", "set pgfunnel.unlocked_key = 'ff'", "select reveal_lead('{victim}', 'x')"),
    "unlocking the keys": (DENIED, "select unlock_keys('x')"),
    "headers by hand": (DENIED, "set request.headers = '{}'", "select lead_upload('x'::bytea)"),
    "the plans of the owner's statements": (
        "PF071", "set client_min_messages = log", "set debug_print_plan = on", "select reveal_lead('{victim}', 'x')"),
    "parameters of a failed select": ("PF071", "set plpgsql.print_strict_params = on",
                                      "select reveal_lead('{victim}', 'x')"),
    "system columns": (DENIED, "select tableoid, xmin, cmax from leads"),
    "locking his view": (DENIED, "begin", "lock table my_leads in row exclusive mode"),
    "locking the owner's view": (DENIED, "begin", "lock table contactable_leads in share mode"),
    "writing into the owner's view": ("55000", "update contactable_leads set city = 'x'"),
    "another's lead into his, by a reveal": (
        "PF071", "update my_leads set status = (select reveal_lead('{victim}', 'x')::text)"),
    # cursors and prepared statements
    "a cursor": (
        [(0,)], "begin", f"declare c cursor with hold for {COUNT}", "commit", "fetch all from c"),
    "a cursor over a role": (
        [(0,)], "begin", f"declare c cursor for {COUNT}", "set local role pipeline_broker", CLAIM, "fetch all from c"),
    "an update by cursor": (
        "24000", "begin", "declare c cursor for select id from leads where id = '{victim}' for update", "fetch c",
        "update leads set status = 'x' where current of c"),
    "a prepared statement over a role": (
        [(0,)], f"prepare p as {COUNT}", "execute p", "set role pipeline_broker", CLAIM, "execute p"),
    "a prepared reveal over a role": (
        "PF071", "prepare r as select reveal_lead('{victim}', 'x')", "set role pipeline_broker", CLAIM, "execute r"),
    # writing
    **{
        f"his lead's {column}": (DENIED, f"update leads set {column} = {column} where id = '{{own}}'")
        for column in ("assigned_broker_id", "consent", "consented_at", "phone_verified", "lead_score", "mak",
                       "campaign_status", "campaign_id", "pii", "addr_hash")
    },
    "his lead's broker by the view": (DENIED, f"update my_leads set assigned_broker_id = '{OTHER}'"),
    "his lead's broker beside its status": (
        DENIED, f"update my_leads set (status, assigned_broker_id) = ('x', '{OTHER}')"),
    "his lead's state by the view": (DENIED, "update my_leads set campaign_status = 'active'"),
    "a leaky function in an update of his view": (
        [0], LEAK, "update my_leads set status = 'x' where pg_temp.leak(street) and city = 'Hiddenville'"),
    "deleting by the view": (DENIED, "delete from my_leads where id = '{own}'"),
    "another's status": ([0], "update leads set status = 'x' where id = '{victim}'"),
    "another's status by the view": ([0], "update my_leads set status = 'x' where id = '{victim}'"),
    "another's row into his": (
        [0], "update leads as l set status = v.street from leads as v where v.id = '{victim}' and l.id = '{own}'"),
    "returning what he may not read": (DENIED, "update leads set status = status returning pii"),
    "deleting": (DENIED, "delete from leads where id = '{own}'"),
    "truncating": (DENIED, "truncate leads"),
    "locking the table": (DENIED, "begin", "lock table leads in access exclusive mode"),
    "locking another's row": ([], "select id from leads where id = '{victim}' for update nowait"),
    "a lead for another": (
        "PF072", f"insert into my_leads (street, zip, assigned_broker_id) values ('1 A St', '90001', '{OTHER}')"),
    "a lead with an id": (DENIED, "insert into my_leads (id, street) values ('{victim}', '77 Secretview Rd')"),
    "a lead with consent": (DENIED, "insert into my_leads (street, zip, consent) values ('1 A St', '90001', true)"),
    # taking a lead by import
    "submitting another's address": ([("accepted",)], f"select submit_lead('{ADDRESS}')"),
    "submitting another's, and looking": (
        [(0,)], f"select submit_lead('{ADDRESS}')", "select count(*) from my_leads where city = 'Hiddenville'"),
    "inserting another's address": (
        [(0,)], "insert into my_leads (street, city, zip) values ('77 Secretview Rd', 'Hiddenville', '90077')",
        "select count(*) from my_leads where city = 'Hiddenville'"),
    "inserting another's address, and reading it back": (
        [(None, None, None, None)], "insert into my_leads (street, zip) values ('77 Secretview Rd', '90077')"
        " returning id, assigned_broker_id, created_at, lead_score"),
    "inserting another's address twice, on conflict": (
        [1], "insert into my_leads (street, zip) values ('77 Secretview Rd', '90077') on conflict do nothing"),
    "inserting another's address, to update it": (
        "42P10", "insert into my_leads (street, zip) values ('77 Secretview Rd', '90077')"
        " on conflict (id) do update set status = 'mine'"),
    "merging into his view": (
        None, "merge into my_leads as l using (values ('{victim}'::uuid)) as v (id) on l.id = v.id when matched then"
        " update set status = 'mine' when not matched then insert (street, zip) values ('77 Secretview Rd', '90077')"),
    "inserting with a verification": (
        DENIED, "insert into my_leads (street, zip, phone_verified, lead_score) values ('1 A St', '90001', true, 100)"),
    "submitting another's key": (
        [(True,)], "select submit_lead(jsonb_build_object('mak', '7777777777', 'property_street', '1 A St'))"
        " like 'rejected: %field%'"),
    "submitting in an old snapshot": (
        "PF074", "begin isolation level repeatable read", f"select submit_lead('{ADDRESS}')"),
    "submitting a file": (DENIED, "select ingest_csv('x', 'Address,Zip')"),
    "staging a row": (
        DENIED, "insert into leads_staging (upload_id, line_number, raw) values (gen_random_uuid(), 1, '[]')"),
    # changing the house
    "a function in the schema": (DENIED, f"create function {SCHEMA}.f() returns int language sql as 'select 1'"),
    "replacing a function": (
        DENIED, f"create or replace function {SCHEMA}.current_broker_id() returns uuid language sql as"
        f" $$ select '{OTHER}'::uuid $$"),
    "a trigger": (
        DENIED, "create trigger t before update on leads"
        " for each row execute function suppress_redundant_updates_trigger()"),
    "a rule": (DENIED, "create rule r as on update to leads do also select 1"),
    "a policy": (DENIED, "create policy p on leads using (true)"),
    "no row security": (DENIED, "alter table leads disable row level security"),
    "a grant": (None, "grant select on leads to public"),
    "a membership": (None, f"grant pipeline_writer to {LOGIN}"),
    "default privileges of the owner": (
        DENIED, "alter default privileges for role \"{owner}\" grant select on tables to public"),
    "an index on an expression": (DENIED, "create index on leads (pg_typeof(street))"),
    "inheriting from the table": (DENIED, f"create temp table t () inherits ({SCHEMA}.leads)"),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_learns_and_changes_nothing(office, mallory, name):
    expected, *statements = ATTACKS[name]
    victim, addr_hash, nonce = office.one(
        "select l.id, l.addr_hash, t.nonce_hash from leads as l join consent_tokens as t on t.lead_id = l.id"
        " where l.mak = '7777777777'"
    )
    own = office.value(OWN_LEAD, BROKER)
    names = {"{victim}": str(victim), "{own}": str(own), "{owner}": office.info.user}
    before = world(office)
    heard = []
    mallory.add_notice_handler(lambda notice: heard.append(f"{notice.message_primary} {notice.message_detail}"))

    answer = None
    for number, statement in enumerate(statements, 1):
        for placeholder, value in names.items():
            statement = statement.replace(placeholder, value)
        try:
            answer = run(mallory, statement)
        except psycopg.Error as error:
            diag = error.diag
            heard += [diag.message_primary, diag.message_detail, diag.message_hint, diag.context]
            answer = error.sqlstate
            assert number == len(statements), f"{statement}: {error}"
        heard.append(str(answer))
    mallory.rollback()

    if expected is not None:
        assert answer == expected
    said = "\n".join(str(word) for word in heard).lower()
    asked = "\n".join(statements).replace("{victim}", str(victim))
    for secret in [*SECRETS, str(victim), addr_hash, nonce]:
        assert secret in asked or secret.lower() not in said
    assert world(office) == before


def test_there_are_sixty_of_them():
    assert len(ATTACKS) >= 60


def test_nothing_waits_for_another_s_lead(office, mallory):
    """Who holds a row of another's is not felt: a known address is answered while its lead is locked."""
    mallory.execute("set lock_timeout = '10 ms'")
    with office.transaction():
        office.execute("select from leads where assigned_broker_id is distinct from %s for update", (BROKER,))
        assert mallory.value("select submit_lead(%s)", ADDRESS) == "accepted"
        assert mallory.value("select submit_lead(%s)", NEW) == "accepted"


def test_a_known_address_takes_about_as_long_as_a_new_one(mallory):
    """Medians over many turns, each undone."""
    taken = {ADDRESS: [], NEW.replace("1 Open", "3 Open"): []}
    for _ in range(30):
        for lead, times in taken.items():
            with mallory.transaction(force_rollback=True):
                started = time.perf_counter()
                mallory.execute("select submit_lead(%s)", (lead,))
                times.append(time.perf_counter() - started)

    known, new = (statistics.median(times) for times in taken.values())
    print(f"known {known * 1000:.2f} ms, new {new * 1000:.2f} ms")
    assert 0.5 < known / new < 2


def test_no_plan_shows_a_key(office, mallory):
    """The server sends a session its plans, if it wants them: those of the owner's functions hold keys."""
    own = office.value(OWN_LEAD, BROKER)
    heard = []
    mallory.add_notice_handler(lambda notice: heard.append(f"{notice.message_primary} {notice.message_detail}"))
    mallory.execute("set client_min_messages = log; set debug_print_plan = on; set debug_pretty_print = off")
    with mallory.transaction(force_rollback=True):
        mallory.execute("select reveal_lead(%s, 'call back')", (own,))
        mallory.execute("select submit_lead(%s)", (ADDRESS.replace("77 Secretview", "5 Open"),))

    shown = re.findall(r":constvalue \d+ \[ ([-0-9 ]+) \]", " ".join(heard).replace("\n", " "))
    values = b"|".join(bytes(int(byte) % 256 for byte in value.split()) for value in shown)
    keys = office.rows("select key from key_ring() union all select key_encryption_key()")
    assert str(own).replace("-", "") in values.hex()  # it does listen
    assert len(keys) == 3
    assert not any(row.key in values for row in keys)


def test_what_he_may_do_he_can(office, mallory):
    own = office.value(OWN_LEAD, BROKER)

    assert mallory.value("select count(*) from my_leads") >= OWN
    assert mallory.execute("update my_leads set status = 'called' where id = %s", (own,)).rowcount == 1
    assert mallory.value("select reveal_lead(%s, 'call back')", own)["first_name"] == "Ada"
    assert str(office.value("select broker_id from pii_reveals where revealed_by = %s", LOGIN)) == BROKER
