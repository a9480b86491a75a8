"""The command pgfunnel."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
from psycopg import sql
from yoyo.exceptions import BadMigration, LockTimeout

from pgfunnel import __version__, install
from pgfunnel.server import EmbeddedServer, ServerError


def console() -> None:
    """What the shell starts: one command, ended in order also by a signal."""
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, _: sys.exit(128 + number))
    sys.stdout.reconfigure(encoding="utf-8")  # whatever the locale: the dashboard says it is UTF-8
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, head for one, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0, or 1 with a line on standard error; 2 is argparse's."""
    options = parser().parse_args(arguments)
    try:
        if "schema" in options:
            options.schema = options.schema or install.default_schema(options.url)
        options.run(options)
    except BrokenPipeError:
        raise
    except (install.InstallError, ServerError, BadMigration, OSError) as error:
        return failed(error)
    except LockTimeout:
        return failed("another apply holds yoyo's lock: wait for it, or if it died on another machine: yoyo break-lock")
    except psycopg.Error as error:
        hint = error.diag.message_hint
        if isinstance(error, psycopg.OperationalError) and options.url == "" and not error.sqlstate:
            hint = "Give the database's URL, or set DATABASE_URL, or PGHOST, PGUSER and PGDATABASE."
        return failed(error.diag.message_primary or error, hint)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return 0


def parser() -> argparse.ArgumentParser:
    """What may be typed."""
    top = argparse.ArgumentParser(prog="pgfunnel", description="A lead pipeline that lives entirely in PostgreSQL.")
    top.add_argument("--version", action="version", version=f"pgfunnel {__version__}")
    top.set_defaults(url=None)
    commands = top.add_subparsers(required=True, metavar="command")

    def add(name: str, run: Callable[[argparse.Namespace], None], words: str, more: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=words, description=f"{words[0].upper()}{words[1:]}. {more}")
        command.set_defaults(run=run)
        return command

    on_a_database = [
        add(
            "apply",
            run_apply,
            "install into a database, or upgrade what is there",
            "Creates the schema if it is missing and runs the pending migrations. A second run changes nothing.",
        ),
        add(
            "status",
            run_status,
            "say which migrations are applied and which are pending",
            "Changes nothing.",
        ),
        add(
            "dashboard",
            run_dashboard,
            "write the dashboard to standard output",
            "One HTML page without scripts: pgfunnel dashboard > dashboard.html",
        ),
    ]
    for command in on_a_database:
        command.add_argument("--schema", help="the schema it lives in (default: funnel)")
        command.add_argument(
            "url",
            nargs="?",
            metavar="URL",
            default=os.environ.get("DATABASE_URL", ""),
            help="postgresql://… (default: DATABASE_URL, or libpq's PGHOST, PGUSER, PGDATABASE, …)",
        )

    demo = add(
        "demo",
        run_demo,
        "take real files through the whole funnel",
        "On an embedded PostgreSQL, or where DATABASE_URL is set in a schema of its own there; nothing of it stays.",
    )
    demo.add_argument(
        "--dashboard",
        type=Path,
        metavar="FILE",
        default=Path("dashboard.html"),
        help="where the dashboard goes (default: dashboard.html)",
    )
    add(
        "server",
        run_server,
        "start an embedded PostgreSQL in the foreground and print its URL",
        "For trying things out: Ctrl-C stops it and removes its data.",
    )
    return top


def run_apply(options: argparse.Namespace) -> None:
    applied = install.apply(options.url, options.schema)
    for migration in applied:
        print(f"applied {migration}")
    print(f'schema "{options.schema}" is at {__version__}')


def run_status(options: argparse.Namespace) -> None:
    status = install.status(options.url, options.schema)
    for migration in status.applied:
        print(f"applied  {migration}")
    for migration in status.pending:
        print(f"pending  {migration}")


def run_dashboard(options: argparse.Namespace) -> None:
    page = sql.Identifier(options.schema, "dashboard_html")
    with psycopg.connect(options.url) as connection:
        found = connection.execute("select to_regprocedure(%s)", (page.as_string(connection) + "()",)).fetchone()
        if found == (None,):
            raise install.InstallError(
                f'there is no pgfunnel in schema "{options.schema}" of {connection.info.dbname}:'
                " name its schema with --schema, or run pgfunnel apply"
            )
        for (html,) in connection.execute(sql.SQL("select {}()").format(page)):
            sys.stdout.write(html)


def run_demo(options: argparse.Namespace) -> None:
    from pgfunnel import demo

    demo.run(options.dashboard)


def run_server(_: argparse.Namespace) -> None:
    with EmbeddedServer() as server, contextlib.suppress(KeyboardInterrupt):
        print(server.url, flush=True)
        print("Ctrl-C stops it and removes its data.", file=sys.stderr)
        signal.pause()


def failed(error: object, hint: str | None = None) -> int:
    """Say in one line what is wrong, and what to do about it."""
    words = str(error).partition("\n")[0]
    print(f"pgfunnel: {words}" + (f" – {hint}" if hint else ""), file=sys.stderr)
    return 1
