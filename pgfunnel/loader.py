"""What the Python migrations call: sql/ into the schema and out of it, and the rows of the reference tables.

All of it runs in the migration's transaction, so a broken file leaves nothing behind.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import psycopg
from psycopg import sql

from pgfunnel.paths import MIGRATIONS, SQL

HERE = Path(__file__).parent


def code_files(folder: Path = SQL) -> list[Path]:
    """Every file of sql/, in the order in which it is loaded: by folder, then by name."""
    return sorted(folder.rglob("*.sql"), key=lambda path: path.relative_to(folder).as_posix())


def made_tables() -> list[str]:
    """The tables that the migrations make."""
    made = re.compile(r"^create (?:unlogged )?table (?:if not exists )?(\w+)", re.MULTILINE)
    return sorted({name for path in MIGRATIONS.glob("*.sql") for name in made.findall(path.read_text("utf-8"))})


def load_code(connection: psycopg.Connection, folder: Path = SQL) -> None:
    """Create or replace every object of sql/, drop what an earlier release had and this one hasn't.

    The files run twice: first without a look at the bodies, which may call what a later file makes; then, once only
    the owner has any right left, with it: what they grant is all there is.
    """
    files = code_files(folder)
    with connection.cursor() as cursor:
        pin_search_path(cursor)
        cursor.execute("set local client_min_messages = warning")
        cursor.execute("set local lock_timeout = '10s'")
        cursor.execute("set local plpgsql.extra_errors = 'shadowed_variables'")
        tell(cursor, "code_files", [path.relative_to(folder).as_posix() for path in files])
        tell(cursor, "tables", made_tables())

        cursor.execute("set local check_function_bodies = off")
        run_files(cursor, files, folder)
        run_step(cursor, "record_objects")
        run_step(cursor, "revoke_rights")
        cursor.execute("set local check_function_bodies = on")
        run_files(cursor, files, folder)
        run_step(cursor, "finish_load")


def unload_code(connection: psycopg.Connection) -> None:
    """Drop every object that sql/ made, and take back its grants."""
    with connection.cursor() as cursor:
        pin_search_path(cursor)
        cursor.execute("set local lock_timeout = '10s'")
        tell(cursor, "tables", made_tables())
        run_step(cursor, "revoke_rights")
        run_step(cursor, "unload")


def load_reference_rows(connection: psycopg.Connection) -> None:
    """Fill each reference table; rows that are there already, and perhaps changed since, stay."""
    with connection.cursor() as cursor:
        for path in reference_files():
            # a csv file's comment lines come first; copy knows none
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            header, *rows = (line for line in lines if not line.startswith("#"))
            table = sql.Identifier(path.stem)
            columns = sql.SQL(", ").join(map(sql.Identifier, header.strip().split(",")))
            incoming = sql.Identifier(f"incoming_{path.stem}")

            make = sql.SQL("create temporary table {} (like {} including defaults) on commit drop")
            cursor.execute(make.format(incoming, table))
            with cursor.copy(sql.SQL("copy {} ({}) from stdin (format csv)").format(incoming, columns)) as copy:
                copy.write("".join(rows))
            cursor.execute(
                sql.SQL("insert into {} ({}) select {} from {} on conflict do nothing").format(
                    table, columns, columns, incoming
                )
            )


def clear_reference_rows(connection: psycopg.Connection) -> None:
    """Empty each reference table."""
    with connection.cursor() as cursor:
        for path in reference_files():
            cursor.execute(sql.SQL("delete from {}").format(sql.Identifier(path.stem)))


def reference_files() -> list[Path]:
    """The files of migrations/reference, each named after its table."""
    return sorted((MIGRATIONS / "reference").glob("*.csv"))


def pin_search_path(cursor: psycopg.Cursor) -> None:
    """Set the path that every function keeps: the schema, pgcrypto's schema, pg_temp last."""
    cursor.execute(
        """
        select set_config(
          'search_path',
          concat_ws(
            ', ', quote_ident(current_schema()), quote_ident(nullif(n.nspname, current_schema())), 'pg_temp'
          ),
          true
        )
          from pg_extension as e
          join pg_namespace as n on n.oid = e.extnamespace
         where e.extname = 'pgcrypto'
        """
    )


def tell(cursor: psycopg.Cursor, name: str, values: list[str]) -> None:
    """Hand a list to the steps of the loader, as a setting of the transaction."""
    cursor.execute("select set_config(%s, %s, true)", (f"pgfunnel.{name}", json.dumps(values)))


def run_step(cursor: psycopg.Cursor, name: str) -> None:
    """Run one of the loader's own files, which lie beside this one."""
    cursor.execute((HERE / f"{name}.sql").read_text(encoding="utf-8").encode())


def run_files(cursor: psycopg.Cursor, files: list[Path], folder: Path) -> None:
    for path in files:
        run_file(cursor, path, folder)


def run_file(cursor: psycopg.Cursor, path: Path, folder: Path) -> None:
    """Run one file; an error names the file and the line."""
    text = path.read_text(encoding="utf-8")
    try:
        cursor.execute(text.encode())
    except psycopg.Error as error:
        position = int(error.diag.statement_position or 1)
        line = text.count("\n", 0, position - 1) + 1
        where = f"{folder.name}/{path.relative_to(folder).as_posix()}, line {line}"
        raise type(error)(f"{where}: {error}") from error
