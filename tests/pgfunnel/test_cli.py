"""The command: what it prints, and what it says when something is in the way."""

import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from pgfunnel import __version__, cli

ROOT = Path(cli.__file__).parents[1]


def test_apply_installs_and_status_says_so(empty_database, capsys):
    assert cli.main(["status", empty_database]) == 0
    assert "applied" not in capsys.readouterr().out

    assert cli.main(["apply", empty_database]) == 0
    assert capsys.readouterr().out.endswith(f'schema "funnel" is at {__version__}\n')

    assert cli.main(["status", empty_database]) == 0
    assert "pending" not in capsys.readouterr().out


def test_apply_into_another_schema(empty_database):
    assert cli.main(["apply", "--schema", "Market West", empty_database]) == 0

    with psycopg.connect(empty_database) as connection:
        assert connection.execute('select count(*) from "Market West".leads').fetchone() == (0,)


def test_the_dashboard_goes_to_standard_output(empty_database, capsys):
    cli.main(["apply", empty_database])
    capsys.readouterr()

    assert cli.main(["dashboard", empty_database]) == 0

    assert capsys.readouterr().out.startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["apply", "postgresql://nobody@/nowhere?host=/nonexistent"], "/nonexistent"),
        (["dashboard", "--schema", "missing", "{url}"], "missing"),
    ],
)
def test_what_is_in_the_way_is_a_line_and_not_a_traceback(empty_database, capsys, arguments, words):
    code = cli.main([argument.format(url=empty_database) for argument in arguments])

    error = capsys.readouterr().err
    assert code == 1
    assert error.startswith("pgfunnel: ") and words in error and "Traceback" not in error


def test_an_unknown_command_is_a_mistake_of_usage(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["fly"])

    assert ended.value.code == 2


def test_the_version_stands_in_one_place():
    (code,) = (ROOT / "migrations").glob("pgfunnel-code-*.py")

    assert code.stem == f"pgfunnel-code-{__version__}"


def test_server_runs_until_it_is_told_to_stop():
    process = subprocess.Popen(
        [sys.executable, "-m", "pgfunnel", "server"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    url = process.stdout.readline().strip()
    with psycopg.connect(url) as connection:
        assert connection.execute("select true").fetchone() == (True,)

    process.send_signal(signal.SIGINT)

    process.communicate()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
