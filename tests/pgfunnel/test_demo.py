"""The demo: what it shows, and that it leaves nothing but its dashboard."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from pgfunnel import demo

ROOT = Path(demo.__file__).parents[1]


def run_demo(dashboard: Path, **environment: str) -> str:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "pgfunnel", "demo", "--dashboard", str(dashboard)]
    done = subprocess.run(command, cwd=ROOT, env=kept | environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def catalog(url: str) -> dict[str, list]:
    """What a database has in it, and which of the group roles the server has."""
    with psycopg.connect(url) as connection:
        return {
            query: connection.execute(query).fetchall()
            for query in (
                "select nspname from pg_namespace where nspname !~ '^pg_(toast_)?temp' order by 1",
                "select extname from pg_extension order by 1",
                "select count(*) from pg_class",
                "select count(*) from pg_proc",
            )
        }


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    folder = tmp_path_factory.mktemp("temporary", numbered=True)
    dashboard = tmp_path_factory.mktemp("demo") / "dashboard.html"
    return run_demo(dashboard, TMPDIR=str(folder)), dashboard, folder


@pytest.mark.parametrize(
    "words",
    [
        "01-propstream.csv … 200 merged: 300 rows = 176 new + 0 merged + 117 duplicate + 6 rejected + 1 quarantined",
        "a forged signature … 401 unauthorized",
        "a broken file … 400 unclosed_quote",
        "one link used twice: used",
        "a minute before: not_due",
        "250 of 250 fed",
        "the feeder again … capped",
        "retry after 429",
        "retry after 500",
        "a reply … the lead is replied",
        "a STOP … the lead is opted_out",
        "a booking … the lead is booked",
        "The funnel, by local day",
        "Health",
    ],
)
def test_it_shows_each_step_of_the_funnel(shown, words):
    output, _, _ = shown

    assert words in output


def test_it_leaves_its_dashboard_and_nothing_else(shown):
    output, dashboard, folder = shown

    assert dashboard.read_text().lower().startswith("<!doctype html>")
    assert output.rstrip().endswith(f"Dashboard: {dashboard}")
    assert list(folder.iterdir()) == []


def test_a_given_database_is_left_as_it_was(empty_database, tmp_path):
    before = catalog(empty_database)

    output = run_demo(tmp_path / "dashboard.html", DATABASE_URL=empty_database)

    assert f"everything happens in the schema {demo.SCHEMA}" in output
    assert catalog(empty_database) == before


def test_a_schema_of_that_name_is_somebody_s_and_not_touched(empty_database, tmp_path):
    with psycopg.connect(empty_database, autocommit=True) as connection:
        connection.execute(f"create schema {demo.SCHEMA}")

    with pytest.raises(AssertionError, match="is there already"):
        run_demo(tmp_path / "dashboard.html", DATABASE_URL=empty_database)
