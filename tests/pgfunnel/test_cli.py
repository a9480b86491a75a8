"""The command: what it prints, and what it says when something is in the way."""

import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from pgfunnel import __version__, cli

ROOT = Path(cli.__file__).parents[1]


def start(*arguments: str) -> subprocess.Popen:
    """The command as a process of its own."""
    command = [sys.executable, "-m", "pgfunnel", *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_apply_installs_and_status_says_so(plain_owner, capsys):
    assert cli.main(["status", plain_owner]) == 0
    assert "applied" not in capsys.readouterr().out

    assert cli.main(["apply", plain_owner]) == 0
    assert capsys.readouterr().out.endswith(f'schema "funnel" is at {__version__}\n')

    assert cli.main(["status", plain_owner]) == 0
    assert "pending" not in capsys.readouterr().out


def test_apply_into_another_schema(empty_database):
    assert cli.main(["apply", "--schema", "Market West", empty_database]) == 0

    with psycopg.connect(empty_database) as connection:
        assert connection.execute('select count(*) from "Market West".leads').fetchone() == (0,)


@pytest.mark.parametrize("command", ["apply", "status", "dashboard"])
def test_who_names_no_schema_is_told_that_it_lives_in_another(plain_owner, capsys, command):
    cli.main(["apply", "--schema", "Market West", plain_owner])
    capsys.readouterr()

    assert cli.main([command, plain_owner]) == 1

    assert '--schema "Market West", or --schema funnel for one more' in capsys.readouterr().err
    with psycopg.connect(plain_owner) as connection:
        assert connection.execute("select to_regnamespace('funnel')").fetchone() == (None,)


def test_the_usual_schema_is_meant_also_where_there_is_another(empty_database, capsys):
    cli.main(["apply", "--schema", "east", empty_database])

    assert cli.main(["apply", "--schema", "funnel", empty_database]) == 0
    assert cli.main(["apply", empty_database]) == 0

    assert capsys.readouterr().out.endswith(f'schema "funnel" is at {__version__}\n')


def test_the_dashboard_goes_to_standard_output(empty_database, capsys):
    cli.main(["apply", empty_database])
    capsys.readouterr()

    assert cli.main(["dashboard", empty_database]) == 0

    assert capsys.readouterr().out.lower().startswith("<!doctype html>")


def test_without_a_url_the_one_of_the_environment_is_used(empty_database, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", empty_database)

    assert cli.main(["status"]) == 0

    assert f"pending  pgfunnel-code-{__version__}" in capsys.readouterr().out


def test_with_no_url_at_all_it_says_how_to_give_one(monkeypatch, capsys):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("PGHOST", "/nonexistent")

    assert cli.main(["status"]) == 1

    assert "DATABASE_URL" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["apply", "postgresql://nobody@/nowhere?host=/nonexistent"], "/nonexistent"),
        (["status", "no conninfo"], 'missing "="'),
        (["dashboard", "--schema", "missing", "{url}"], "there is no pgfunnel in schema"),
        (["dashboard", "--schema", "public", "{url}"], "there is no pgfunnel in schema"),
    ],
)
def test_what_is_in_the_way_is_a_line_and_not_a_traceback(empty_database, capsys, arguments, words):
    code = cli.main([argument.format(url=empty_database) for argument in arguments])

    error = capsys.readouterr().err
    assert code == 1
    assert error.startswith("pgfunnel: ") and words in error
    assert error.count("\n") == 1


def test_a_machine_without_postgresql_is_a_line_too(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("PGFUNNEL_PG_BIN", str(tmp_path))

    assert cli.main(["server"]) == 1

    error = capsys.readouterr().err
    assert "PGFUNNEL_PG_BIN" in error and error.count("\n") == 1


@pytest.mark.parametrize("arguments", [[], ["fly"], ["apply", "one", "two"], ["server", "--schema", "funnel"]])
def test_what_cannot_be_typed_is_a_mistake_of_usage(capsys, arguments):
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)

    assert ended.value.code == 2


@pytest.mark.parametrize("command", ["apply", "status", "dashboard", "demo", "server"])
def test_each_command_says_what_it_does(capsys, command):
    with pytest.raises(SystemExit) as ended:
        cli.main([command, "--help"])

    assert ended.value.code == 0
    assert f"usage: pgfunnel {command}" in capsys.readouterr().out


def test_a_reader_that_has_seen_enough_is_no_error(empty_database):
    with start("status", empty_database) as process:
        process.stdout.close()

        assert process.stderr.read() == ""
    assert process.returncode == 0


def test_the_version_stands_in_one_place():
    (code,) = (ROOT / "migrations").glob("pgfunnel-code-*.py")

    assert code.stem == f"pgfunnel-code-{__version__}"


@pytest.mark.parametrize(("ending", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 128 + signal.SIGTERM)])
def test_server_runs_until_it_is_told_to_stop(ending, code):
    process = start("server")
    url = process.stdout.readline().strip()
    with psycopg.connect(url) as connection:
        assert connection.execute("select true").fetchone() == (True,)

    process.send_signal(ending)

    process.communicate()
    assert process.returncode == code
    assert not Path(conninfo_to_dict(url)["host"]).parent.exists()
