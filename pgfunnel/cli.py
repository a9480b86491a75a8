"""The command pgfunnel."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path

import psycopg
from psycopg import sql
from yoyo.exceptions import BadMigration, LockTimeout

from pgfunnel import __version__, install
from pgfunnel.server import EmbeddedServer, ServerError


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0, or 1 with a line on standard error."""
    options = parser().parse_args(arguments)
    try:
        options.run(options)
    except (install.InstallError, ServerError, BadMigration) as error:
        return failed(str(error))
    except LockTimeout:
        return failed("another apply holds yoyo's lock: wait for it, or if it died on another machine: yoyo break-lock")
    except psycopg.Error as error:
        hint = f"\nHint: {error.diag.message_hint}" if error.diag.message_hint else ""
        return failed(f"{error.diag.message_primary or error}{hint}")
    except KeyboardInterrupt:
        return 130
    return 0


def parser() -> argparse.ArgumentParser:
    """What may be typed."""
    top = argparse.ArgumentParser(prog="pgfunnel", description="A lead pipeline that lives entirely in PostgreSQL.")
    top.add_argument("--version", action="version", version=f"pgfunnel {__version__}")
    commands = top.add_subparsers(required=True, metavar="command")

    def add(name: str, run, words: str, *, database: bool) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=words, description=words)
        command.set_defaults(run=run)
        if database:
            command.add_argument("--schema", default="funnel", help="the schema it lives in (default: funnel)")
            command.add_argument(
                "url",
                nargs="?",
                default=os.environ.get("DATABASE_URL", ""),
                help="postgresql://… (default: DATABASE_URL, or libpq's PGHOST, PGUSER, PGDATABASE, …)",
            )
        return command

    add("apply", run_apply, "install into a database, or upgrade what is there", database=True)
    add("status", run_status, "say which migrations are applied and which are pending", database=True)
    add("dashboard", run_dashboard, "write the dashboard, an HTML page, to standard output", database=True)
    demo = add("demo", run_demo, "take real files through the whole funnel, on a server of its own", database=False)
    demo.add_argument("--dashboard", type=Path, default=Path("dashboard.html"), help="where the dashboard goes")
    add("server", run_server, "start an embedded PostgreSQL in the foreground and print its URL", database=False)
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
    with psycopg.connect(options.url) as connection:
        query = sql.SQL("select {}()").format(sql.Identifier(options.schema, "dashboard_html"))
        row = connection.execute(query).fetchone()
    assert row is not None
    sys.stdout.write(row[0])


def run_demo(options: argparse.Namespace) -> None:
    from pgfunnel import demo

    demo.run(options.dashboard)


def run_server(_: argparse.Namespace) -> None:
    with EmbeddedServer() as server:
        print(server.url, flush=True)
        print("Ctrl-C stops it and removes its data.", file=sys.stderr)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        signal.pause()


def failed(words: str) -> int:
    print(f"pgfunnel: {words}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
