"""Who may do what: the rights in the catalog are those in docs/access.md, to the letter; rows are the role's own."""

from pathlib import Path

import pytest

ACCESS = Path(__file__).parents[2] / "docs" / "access.md"
ROLES = ("pipeline_writer", "pipeline_broker", "pipeline_reader")
BROKER = "11111111-1111-1111-1111-111111111111"
OTHER = "22222222-2222-2222-2222-222222222222"


def table_rights(db, role):
    """(object, right) of a role on tables and views; a right on some columns names them."""
    return db.rows(
        """
        select c.relname as object, lower(a.privilege_type) as right
          from pg_class as c
         cross join aclexplode(c.relacl) as a
         where c.relnamespace = quote_ident(current_schema())::regnamespace
           and a.grantee = %s::regrole
        union all
        select c.relname, format('%%s (%%s)', lower(a.privilege_type), string_agg(t.attname, ', ' order by t.attnum))
          from pg_class as c
          join pg_attribute as t on t.attrelid = c.oid
         cross join aclexplode(t.attacl) as a
         where c.relnamespace = quote_ident(current_schema())::regnamespace
           and a.grantee = %s::regrole
         group by c.relname, a.privilege_type
         order by 1, 2
        """,
        role,
        role,
    )


def routine_rights(db, role):
    return db.rows(
        """
        select p.oid::regprocedure::text as object, 'execute' as right
          from pg_proc as p
         cross join aclexplode(p.proacl) as a
         where p.pronamespace = quote_ident(current_schema())::regnamespace
           and a.grantee = %s::regrole
         order by 1
        """,
        role,
    )


def matrix(db):
    """The lines of the table in docs/access.md."""
    rights = {}
    for role in ROLES:
        for row in table_rights(db, role) + routine_rights(db, role):
            rights.setdefault(row.object, {}).setdefault(role, []).append(row.right)
    return [
        f"| `{name}` | " + " | ".join("; ".join(held.get(role, [])) or "–" for role in ROLES) + " |"
        for name, held in sorted(rights.items(), key=lambda item: ("(" in item[0], item[0]))
    ]


def test_the_rights_are_those_of_the_document(db):
    documented = [line for line in ACCESS.read_text().splitlines() if line.startswith("| `")]

    assert documented == matrix(db), "docs/access.md must read:\n" + "\n".join(matrix(db))


@pytest.mark.parametrize("role", ROLES)
def test_no_role_reaches_what_is_sealed_or_keyed(db, role):
    db.leads(1)
    with db.acting_as(role):
        for query in (
            "select pii from leads",
            "select * from leads",
            "select * from local_keys",
            "select * from data_keys",
            "select * from webhook_secrets",
            "select * from ingest_replay_guard",
            "select * from pii_reveals",
            "select * from leads_staging",
            "select lead_pii(gen_random_uuid())",
            "select unseal('x', 'y')",
            "select data_key(1)",
            "select feed_campaign('default', now())",
        ):
            with db.refused("42501"):
                db.execute(query)


def test_a_broker_sees_and_changes_only_his_leads(db):
    db.execute("insert into brokers (db_role, broker_id) values (session_user, %s)", (BROKER,))
    (own,) = db.leads(1, broker=BROKER)
    (foreign,) = db.leads(1, broker=OTHER)
    db.leads(1)

    with db.acting_as("pipeline_broker"):
        assert [row.id for row in db.rows("select id from leads")] == [own]
        assert db.execute("update leads set status = 'called'").rowcount == 1
        assert db.execute("update leads set status = 'called' where id = %s", (foreign,)).rowcount == 0


@pytest.mark.parametrize("column", ["assigned_broker_id", "consent", "phone_verified", "campaign_status", "mak", "id"])
def test_a_broker_changes_no_column_that_is_not_his_to_change(db, column):
    db.execute("insert into brokers (db_role, broker_id) values (session_user, %s)", (BROKER,))
    db.leads(1, broker=BROKER)

    with db.acting_as("pipeline_broker"), db.refused("42501"):
        db.execute(f"update leads set {column} = {column}")


def test_a_session_that_is_no_broker_sees_nothing(db):
    db.leads(3, broker=BROKER)

    with db.acting_as("pipeline_broker"):
        assert db.rows("select id from leads") == []


def test_a_writer_cannot_move_the_times_that_the_cap_is_counted_by(db):
    db.leads(1, status="queued")

    with db.acting_as("pipeline_writer"):
        for column in ("added_to_campaign_at", "campaign_status_at"):
            with db.refused("42501"):
                db.execute(f"update leads set {column} = now()")


@pytest.mark.parametrize(
    "table", ["campaign_days", "campaigns", "suppressions", "consents", "pipeline_events", "job_runs"]
)
def test_a_writer_cannot_change_by_hand_what_functions_keep(db, table):
    with db.acting_as("pipeline_writer"), db.refused("42501"):
        db.execute(f"delete from {table}")


# by whatever way a role came to it: a grant to public, to a role it is a member of, ownership
EFFECTIVE = """
    select c.relname::text as object, p.name as right, a.attname as column
      from pg_class as c
      join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     cross join unnest(array['select', 'insert', 'update', 'references']) as p (name)
     where c.relnamespace = quote_ident(current_schema())::regnamespace
       and c.relkind in ('r', 'v', 'm', 'p', 'f')
       and has_column_privilege(%(role)s, c.oid, a.attnum, p.name)
    union all
    select c.relname, p.name, null
      from pg_class as c
     cross join unnest(array['delete', 'truncate', 'trigger']) as p (name)
     where c.relnamespace = quote_ident(current_schema())::regnamespace
       and c.relkind in ('r', 'v', 'm', 'p', 'f')
       and has_table_privilege(%(role)s, c.oid, p.name)
    union all
    select c.relname, p.name, null
      from pg_class as c
     cross join unnest(array['select', 'update', 'usage']) as p (name)
     where c.relnamespace = quote_ident(current_schema())::regnamespace
       and c.relkind = 'S'
       and has_sequence_privilege(%(role)s, c.oid, p.name)
    union all
    select p.oid::regprocedure::text, 'execute', null
      from pg_proc as p
     where p.pronamespace = quote_ident(current_schema())::regnamespace
       and has_function_privilege(%(role)s, p.oid, 'execute')
    union all
    select 'the schema', 'create', null where has_schema_privilege(%(role)s, current_schema(), 'create')
    union all
    select 'the role', r.name, null
      from pg_roles as r0
     cross join lateral (
       values ('superuser', r0.rolsuper), ('createrole', r0.rolcreaterole), ('createdb', r0.rolcreatedb),
              ('bypassrls', r0.rolbypassrls), ('replication', r0.rolreplication)
     ) as r (name, held)
     where r0.rolname = %(role)s
       and r.held
"""


def effective(db, role):
    return {tuple(row) for row in db.execute(EFFECTIVE, {"role": role}).fetchall()}


def documented(db, role):
    """What docs/access.md gives to a role, column by column."""
    columns = {}
    for row in db.rows(
        "select c.relname, a.attname from pg_attribute as a join pg_class as c on c.oid = a.attrelid"
        " where c.relnamespace = quote_ident(current_schema())::regnamespace and a.attnum > 0 and not a.attisdropped"
    ):
        columns.setdefault(row.relname, []).append(row.attname)

    rights = set()
    for line in ACCESS.read_text().splitlines():
        if not line.startswith("| `"):
            continue
        name, *cells = (cell.strip() for cell in line.strip("|").split(" | "))
        cell = cells[ROLES.index(role)].strip("| ")
        for held in [] if cell == "–" else cell.split("; "):
            right, _, named = held.partition(" (")
            listed = named.rstrip(")").split(", ") if named else columns.get(name.strip("`"), [None])
            rights |= {(name.strip("`"), right, column) for column in listed}
    return rights


@pytest.mark.parametrize("role", ROLES)
def test_what_a_member_can_do_is_what_the_document_says(db, role):
    db.execute(f"create role pgfunnel_member login in role {role}")

    assert effective(db, "pgfunnel_member") == documented(db, role)


@pytest.mark.parametrize("role", ["pgfunnel_anon", "pgfunnel_login"])
def test_a_role_of_no_group_can_do_nothing(db, role):
    db.execute(f"create role {role} login")
    db.execute(f"grant usage on schema {db.value('select quote_ident(current_schema())')} to {role}")

    assert effective(db, role) == set()


@pytest.mark.parametrize("role", ROLES)
def test_what_is_not_in_the_document_is_refused_when_it_is_tried(db, role):
    held = documented(db, role)
    tables = """
        select c.relname, a.attname
          from pg_class as c
          join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         where c.relnamespace = quote_ident(current_schema())::regnamespace
           and c.relkind = 'r'
           and c.relname !~ 'yoyo'
         order by 1, 2
    """
    columns = db.rows(tables)
    with db.acting_as(role):
        for table in {row.relname for row in columns}:
            for query in (f"delete from {table}", f"truncate {table}", f"lock table {table} in exclusive mode"):
                with db.refused("42501"):
                    db.execute(query)
        for table, column in columns:
            for right, query in (
                ("select", f'select "{column}" from {table} limit 0'),
                ("update", f'update {table} set "{column}" = "{column}"'),
                ("insert", f'insert into {table} ("{column}") select null where false'),
            ):
                if (table, right, column) not in held:
                    with db.refused("42501"):
                        db.execute(query)


def test_no_group_is_a_member_of_another_and_none_can_log_in(db):
    assert db.rows("select rolname from pg_roles where rolname = any(%s) and rolcanlogin", list(ROLES)) == []
    assert not db.rows(
        "select from pg_auth_members where member = any(%s::text[]::regrole[])",
        list(ROLES),
    )


def test_a_service_reads_what_became_of_a_letter_and_which_fields_there_are(db):
    db.ingest("mak,first name\n,Ada\n")
    with db.acting_as("pipeline_writer"):
        assert db.rows("select state, redriven_as from pipeline_dlq") == [("waiting", None)]
        assert db.value("select count(*) > 100 from header_aliases")
        with db.refused("42501"):
            db.execute("select sealed from pipeline_dlq")
        with db.refused("42501"):
            db.execute("delete from header_aliases")


@pytest.mark.parametrize("role", ["pipeline_writer", "pipeline_reader"])
def test_of_a_table_that_a_service_or_a_dashboard_may_read_it_sees_every_row(db, role):
    """A right without a policy, or with one that is too narrow, would show nothing, and no error."""
    policies = db.rows(
        """
        select c.relname, pg_get_expr(p.polqual, c.oid) as seen, coalesce(pg_get_expr(p.polwithcheck, c.oid), 'true')
          from pg_class as c
          left join pg_policy as p on p.polrelid = c.oid and %s::regrole = any(p.polroles)
         where c.relnamespace = quote_ident(current_schema())::regnamespace
           and c.relkind = 'r'
           and has_any_column_privilege(%s, c.oid, 'select')
        """,
        role,
        role,
    )

    assert len(policies) > 5
    assert [tuple(row) for row in policies if row[1:] != ("true", "true")] == []
