"""Installs into a database: checks what is needed, creates the schema, runs yoyo."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from yoyo import get_backend, read_migrations
from yoyo.backends import DatabaseBackend

from pgfunnel.paths import MIGRATIONS

OLDEST_SERVER = 150000
DEFAULT_SCHEMA = "funnel"
APPLICATION_NAME = "pgfunnel apply"


class InstallError(Exception):
    """The database lacks something the installation needs; the message says what, and what to do."""


@dataclass(frozen=True)
class Status:
    """Which migrations are applied and which are not."""

    applied: list[str]
    pending: list[str]


def apply(url: str, schema: str = DEFAULT_SCHEMA) -> list[str]:
    """Install or upgrade. Returns the ids of the migrations that were applied now."""
    check(url, schema)
    with backend(url, schema) as yoyo, yoyo.lock():
        migrations = yoyo.to_apply(read_migrations(str(MIGRATIONS)))
        ids = [migration.id for migration in migrations]
        yoyo.apply_migrations(migrations)
        return ids


def rollback(url: str, schema: str = DEFAULT_SCHEMA) -> list[str]:
    """Undo every migration, the last one first. The schema and yoyo's ledger stay."""
    with backend(url, schema) as yoyo, yoyo.lock():
        migrations = yoyo.to_rollback(read_migrations(str(MIGRATIONS)))
        ids = [migration.id for migration in migrations]
        yoyo.rollback_migrations(migrations)
        return ids


def status(url: str, schema: str = DEFAULT_SCHEMA) -> Status:
    """Compare the ledger with the migrations of this version. Changes nothing."""
    ids = [migration.id for migration in read_migrations(str(MIGRATIONS))]
    with psycopg.connect(url) as connection:
        ledger = sql.Identifier(schema, "_yoyo_migration")
        found = connection.execute("select to_regclass(%s)", (ledger.as_string(connection),)).fetchone()
        applied = set()
        if found and found[0]:
            rows = connection.execute(sql.SQL("select migration_id from {}").format(ledger)).fetchall()
            applied = {row[0] for row in rows}
    return Status([i for i in ids if i in applied], [i for i in ids if i not in applied])


def default_schema(url: str) -> str:
    """The schema that is meant where none is named; not where pgfunnel lives in another of this database."""
    with psycopg.connect(url) as connection:
        query = """
            select n.nspname
              from pg_namespace as n
              join pg_class as c on c.relnamespace = n.oid and c.relname in ('_yoyo_migration', 'installation')
             group by n.nspname
            having count(*) = 2
             order by n.nspname
        """
        found = [name for (name,) in connection.execute(query)]
        if found and DEFAULT_SCHEMA not in found:
            raise InstallError(
                f'pgfunnel is in schema "{found[0]}" of {connection.info.dbname}: say --schema "{found[0]}",'
                f" or --schema {DEFAULT_SCHEMA} for one more"
            )
    return DEFAULT_SCHEMA


def check(url: str, schema: str) -> None:
    """Create the schema if it is missing, free a lock that a killed apply left; say what is in the way."""
    with psycopg.connect(url, autocommit=True) as connection:
        if connection.info.server_version < OLDEST_SERVER:
            version = connection.info.parameter_status("server_version")
            raise InstallError(f"pgfunnel needs PostgreSQL 15 or newer, this server is {version}")
        try:
            connection.execute(sql.SQL("create schema if not exists {}").format(sql.Identifier(schema)))
        except psycopg.errors.InsufficientPrivilege as error:
            raise InstallError(
                f"{connection.info.user} may not create schemas in {connection.info.dbname}: let its owner run"
                f' create schema "{schema}" authorization {connection.info.user};'
            ) from error

        query = "select has_schema_privilege(n.oid, 'create') from pg_namespace as n where n.nspname = %s"
        (may_create,) = connection.execute(query, (schema,)).fetchone() or (False,)
        if not may_create:
            raise InstallError(
                f'{connection.info.user} may not create in schema "{schema}": let its owner run'
                f' grant create on schema "{schema}" to {connection.info.user};'
            )

        # the schemas that every function will look into; check_path() looks again at the end of the load
        query = """
            select n.nspname
              from pg_namespace as n
             where (n.nspname = %s or n.oid in (select extnamespace from pg_extension where extname = 'pgcrypto'))
               and has_schema_privilege('public', n.oid, 'create')
        """
        for (open_to_all,) in connection.execute(query, (schema,)).fetchall():
            raise InstallError(
                f'everybody may create in schema "{open_to_all}", and could put functions in the way of pgfunnel\'s:'
                f' run revoke create on schema "{open_to_all}" from public;'
            )
        free_stale_lock(connection, schema)


def free_stale_lock(connection: psycopg.Connection, schema: str) -> None:
    """Remove yoyo's lock if no pgfunnel is at work in this database, and its process is gone from this machine."""
    lock = sql.Identifier(schema, "yoyo_lock")
    row = connection.execute("select to_regclass(%s)", (lock.as_string(connection),)).fetchone()
    if row is None or row[0] is None:
        return
    at_work = connection.execute(
        "select from pg_stat_activity where datname = current_database() and application_name = %s", (APPLICATION_NAME,)
    ).fetchone()
    if at_work is not None:
        return
    for (pid,) in connection.execute(sql.SQL("select pid from {}").format(lock)).fetchall():
        if not os.path.exists(f"/proc/{pid}"):
            connection.execute(sql.SQL("delete from {} where pid = %s").format(lock), (pid,))


@contextmanager
def backend(url: str, schema: str) -> Iterator[DatabaseBackend]:
    """yoyo's connection to the database, with its ledger in the schema."""
    yoyo = get_backend(yoyo_url(url, schema))
    try:
        yield yoyo
    finally:
        yoyo.connection.close()


def yoyo_url(url: str, schema: str) -> str:
    """A libpq URL or connection string as yoyo wants it. The schema is quoted: yoyo puts it into SQL as it is."""
    parts = conninfo_to_dict(url)
    user, password = parts.pop("user", ""), parts.pop("password", "")
    login = quote(user, safe="") + (":" + quote(password, safe="") if password else "") + "@" if user else ""
    database = quote(parts.pop("dbname", ""), safe="")
    quoted_schema = '"' + schema.replace('"', '""') + '"'
    return f"postgresql+psycopg://{login}/{database}?" + urlencode(
        {"application_name": APPLICATION_NAME, "options": "-c lock_timeout=10s", **parts, "schema": quoted_schema}
    )
