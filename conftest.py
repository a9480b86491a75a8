"""What tests stand on: a server, an installed database, connections that read like sentences, and a clock.

``db``       a connection whose work is rolled back after the test: for nearly everything.
``clone``    a connection to a database of the test's own, committing: for locks, second connections, roles.
``connect``  further connections to the clone, as any role.
``clock``    the time at which ``db.feed()`` and its like happen; it moves only when it is told to.
"""

from __future__ import annotations

import fcntl
import getpass
import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import namedtuple_row
from pytest_postgresql import factories
from pytest_postgresql.janitor import DatabaseJanitor

from pgfunnel import install

SCHEMA = "funnel"
ROLES = ("pipeline_writer", "pipeline_broker", "pipeline_reader")
DATABASE_URL = os.environ.get("DATABASE_URL")
IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ

checks = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
settings.register_profile("quick", max_examples=40, deadline=None, suppress_health_check=checks)
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


# ---- the server -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Server:
    """Where the server is, in the words of pytest-postgresql."""

    host: str
    port: str
    user: str
    password: str | None
    maintenance_dbname: str
    options: str = ""
    template_dbname: str | None = None

    @classmethod
    def at(cls, url: str) -> Server:
        parts = conninfo_to_dict(url)
        return cls(
            host=parts.get("host", "localhost"),
            port=parts.get("port", "5432"),
            user=parts.get("user", "postgres"),
            password=parts.get("password"),
            maintenance_dbname=parts.get("dbname", "postgres"),
        )

    def url(self, dbname: str) -> str:
        return make_conninfo(host=self.host, port=self.port, user=self.user, password=self.password, dbname=dbname)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """DATABASE_URL's server where it is set, else an embedded one; each worker of pytest-xdist has its own."""
    if DATABASE_URL:
        yield Server.at(DATABASE_URL)
        return
    from pgfunnel.server import EmbeddedServer

    with EmbeddedServer(fsync=False) as embedded:
        yield Server.at(embedded.url)


def pytest_configure(config: pytest.Config) -> None:
    if DATABASE_URL and not IS_WORKER:
        config.stash[_roles_found] = roles_of(DATABASE_URL)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing: of a server that is not ours the roles made for the tests go, and an empty folder of pytest."""
    if DATABASE_URL and not IS_WORKER:
        with psycopg.connect(DATABASE_URL, autocommit=True) as connection:
            for role in roles_of(DATABASE_URL) - config.stash[_roles_found]:
                connection.execute(sql.SQL("drop role {}").format(sql.Identifier(role)))
    if not IS_WORKER:
        # pytest keeps no folder of ours, but the empty one above them
        with suppress(OSError):
            Path(tempfile.gettempdir(), f"pytest-of-{getpass.getuser()}").rmdir()


_roles_found = pytest.StashKey[set[str]]()


def roles_of(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute("select rolname from pg_roles where rolname = any(%s)", (list(ROLES),))
        return {row[0] for row in rows}


def load_pgfunnel(host: str, port: str, user: str, dbname: str, password: str | None, **_: Any) -> None:
    """Install into the template database. One worker at a time: roles belong to the whole server."""
    with open(Path(tempfile.gettempdir()) / f"pgfunnel-tests-{os.getuid()}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        url = make_conninfo(host=host, port=port, user=user, dbname=dbname, password=password)
        install.apply(url, SCHEMA)
    Path(lock.name).unlink(missing_ok=True)


installed = factories.postgresql_noproc(depends_on="server", dbname="pgfunnel_test", load=[load_pgfunnel])
_clone = factories.postgresql("installed")


# ---- the clock --------------------------------------------------------------------------------------------------


class Clock:
    """The moment at which things happen, in any zone."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 9, 13, 0, tzinfo=ZoneInfo("UTC"))  # a Monday, 06:00 in Los Angeles

    def set(self, local: str, zone: str = "America/Los_Angeles") -> datetime:
        """Go to a local time, for example ``"2026-03-09 06:00"``."""
        self.now = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone))
        return self.now

    def move(self, **by: float) -> datetime:
        """Go on by so many ``days``, ``hours``, ``minutes`` or ``seconds``."""
        self.now = self.now.astimezone(ZoneInfo("UTC")) + timedelta(**by)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


# ---- connections ------------------------------------------------------------------------------------------------


class Funnel(psycopg.Connection):
    """A connection with the words that tests are written in."""

    clock: Clock
    working: Background | None = None

    def one(self, query: str, *args: Any) -> Any:
        """The only row, as a named tuple."""
        rows = self.rows(query, *args)
        assert len(rows) == 1, f"{len(rows)} rows from: {query}"
        return rows[0]

    def value(self, query: str, *args: Any) -> Any:
        """The only column of the only row."""
        return self.one(query, *args)[0]

    def rows(self, query: str, *args: Any) -> list[Any]:
        """All rows, as named tuples."""
        return self.execute(query, args or None).fetchall()

    @contextmanager
    def refused(self, code: str) -> Iterator[None]:
        """The block must end in an error of this code, and one of ours tells what to do; its work is undone."""
        with pytest.raises(psycopg.Error) as caught, self.transaction():
            yield
        assert caught.value.sqlstate == code, caught.value
        assert not code.startswith("PF") or caught.value.diag.message_hint

    @contextmanager
    def undone(self) -> Iterator[None]:
        """What the block does is rolled back: an example of hypothesis."""
        with self.transaction(force_rollback=True):
            yield

    @contextmanager
    def acting_as(self, role: str) -> Iterator[None]:
        """The block runs with the rights of a group role."""
        self.execute(sql.SQL("set local role {}").format(sql.Identifier(role)))
        try:
            yield
        finally:
            if self.info.transaction_status != psycopg.pq.TransactionStatus.INERROR:
                self.execute("reset role")

    def leads(
        self,
        count: int,
        *,
        consent: bool = True,
        verified: bool = True,
        status: str = "new",
        campaign: str | None = None,
        phones: int = 1,
        emails: int = 1,
        state: str = "CA",
        zip: str = "90012",
        broker: Any = None,
    ) -> list[Any]:
        """Put leads into the table as they stand after earlier stages; active ones with their deliveries. Returns their
        ids, best score first."""
        query = """
            with made as (
              select n, gen_random_uuid() as id, 100 - (n %% 101) as score,
                     nextval('pipeline_events_id_seq') as number
                from generate_series(1, %(count)s) as n
            ),
            documents as (
              select m.*,
                     to_jsonb(array(
                       select format('+1%%s555%%s', 201 + k, to_char(m.number %% 10000, 'fm0000'))
                         from generate_series(1, %(phones)s) as k
                     )) as phones,
                     to_jsonb(array(
                       select format('lead%%s.%%s@example.com', m.number, k) from generate_series(1, %(emails)s) as k
                     )) as emails
                from made as m
            ),
            added as (
              insert into leads (id, street, city, state, zip, pii, consent, consented_at, consent_method,
                                 phone_verified, email_verified, lead_score, campaign_status, campaign_id,
                                 assigned_broker_id, source)
              select d.id, d.number || ' Main St', 'Los Angeles', %(state)s, %(zip)s,
                     seal(k.key, k.version, 'leads.pii/' || d.id, convert_to(
                       jsonb_build_object('first_name', 'Ada', 'last_name', 'Lead', 'phones', d.phones,
                                          'emails', d.emails)::text, 'UTF8')),
                     %(consent)s, case when %(consent)s then now() end, case when %(consent)s then 'web_form' end,
                     %(verified)s and %(phones)s > 0, %(verified)s and %(emails)s > 0, d.score,
                     %(status)s::campaign_status,
                     (select c.id from campaigns as c where c.name = %(campaign)s), %(broker)s, 'test'
                from documents as d
               cross join (select * from key_ring() where version = newest_data_key('seal')) as k
              returning id
            ),
            contacts as (
              insert into lead_contacts (lead_id, channel, position, value_hash, verified)
              select d.id, v.channel, v.position, blind_index(k.key, v.channel, v.value), %(verified)s
                from documents as d
               cross join lateral (
                 select 'phone' as channel, p.position, p.value
                   from jsonb_array_elements_text(d.phones) with ordinality as p (value, position)
                 union all
                 select 'email', e.position, e.value
                   from jsonb_array_elements_text(d.emails) with ordinality as e (value, position)
               ) as v
               cross join (select * from key_ring() where version = newest_data_key('index')) as k
            )
            select d.id from documents as d order by d.score desc, d.id
        """
        if status != "new" and campaign is None:
            campaign = "default"
        wanted = dict(
            count=count, consent=consent, verified=verified, status=status, campaign=campaign, phones=phones,
            emails=emails, state=state, zip=zip, broker=broker,
        )  # fmt: skip
        if status == "active":  # a move, and no state to begin in
            wanted["status"] = "queued"
        ids = [row[0] for row in self.execute(query, wanted).fetchall()]
        if status == "active":
            self.execute("update leads set campaign_status = 'active' where id = any(%s)", (ids,))
        return ids

    def contact(self, lead_id: Any, channel: str = "phone", position: int = 1) -> str:
        """A lead's phone number or e-mail address in clear."""
        return self.value("select lead_pii(%s) -> %s ->> %s", lead_id, f"{channel}s", position - 1)

    def ingest(self, body: str | bytes, source: str = "test", file_name: str | None = "test.csv") -> Any:
        """Send a file on the trusted path. Returns the receipt."""
        content = body.encode() if isinstance(body, str) else body
        return self.one("select * from ingest_csv(%s, %s, %s)", source, content, file_name)

    def feed(self, campaign: str = "default") -> Any:
        """Run the feeder at the clock's time. Returns the feed_result."""
        return self.one("select * from feed_campaign(%s, %s)", campaign, self.clock.now)

    def claim(self, channel: str = "phone", limit: int = 50, lease: str = "5 min") -> list[Any]:
        """Claim deliveries at the clock's time."""
        return self.rows(
            "select * from claim_deliveries(%s, %s, %s::interval, %s)", channel, limit, lease, self.clock.now
        )

    def in_background(self, query: str, *args: Any) -> Background:
        """Start a statement on this connection in a thread, and go on."""
        self.working = Background(self, query, args)
        return self.working

    def end(self) -> None:
        """Close, but not under the hands of a thread that still works here."""
        if self.working:
            self.working.stop()
        self.close()


class Background:
    """A statement that another connection works on meanwhile."""

    def __init__(self, connection: Funnel, query: str, args: tuple[Any, ...]) -> None:
        self.connection = connection
        self._rows: list[Any] = []
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, args=(query, args), daemon=True)
        self._thread.start()

    def _run(self, query: str, args: tuple[Any, ...]) -> None:
        try:
            cursor = self.connection.execute(query, args or None)
            self._rows = cursor.fetchall() if cursor.description else []
        except BaseException as error:
            self._error = error

    def is_running(self) -> bool:
        return self._thread.is_alive()

    def stop(self) -> None:
        if self.is_running():
            self.connection.cancel()
        self._thread.join()

    def wait_until_blocked(self, observer: Funnel) -> Background:
        """Return when the statement waits for another connection; fail if it ends instead."""
        while self._thread.is_alive():
            if observer.value("select pg_blocking_pids(%s)", self.connection.info.backend_pid):
                return self
        raise AssertionError("the statement ended without waiting for anybody") from self._error

    def result(self, timeout: float = 60) -> list[Any]:
        """Wait for the end. Returns the rows, or raises what the statement raised."""
        self._thread.join(timeout)
        assert not self._thread.is_alive(), "the statement has not ended"
        if self._error is not None:
            raise self._error
        return self._rows


def connect_to(url: str, clock: Clock, schema: str = SCHEMA, **parameters: Any) -> Funnel:
    """A committing connection with the schema on its path."""
    path = f'-c search_path="{schema}",public'
    options = f"{path} {parameters.pop('options', '')}".strip()
    connection = Funnel.connect(url, autocommit=True, row_factory=namedtuple_row, options=options, **parameters)
    connection.clock = clock
    return connection


@contextmanager
def fresh_database(server: Server, name: str, template: str | None = None) -> Iterator[str]:
    """The URL of a database that is dropped at the end."""
    janitor = DatabaseJanitor(
        user=server.user,
        host=server.host,
        port=server.port,
        password=server.password,
        dbname=name,
        template_dbname=template,
        maintenance_dbname=server.maintenance_dbname,
    )
    with janitor:
        yield server.url(name)


@pytest.fixture(scope="session")
def shared_database(server: Server, installed: Any) -> Iterator[str]:
    """One installed database for all tests that roll back."""
    with fresh_database(server, f"{installed.dbname}_shared", installed.template_dbname) as url:
        yield url


@pytest.fixture(scope="session")
def shared_connection(shared_database: str) -> Iterator[Funnel]:
    with connect_to(shared_database, Clock()) as connection:
        yield connection


@pytest.fixture
def db(shared_connection: Funnel, clock: Clock) -> Iterator[Funnel]:
    """The owner's connection; all that the test does is rolled back."""
    shared_connection.clock = clock
    with shared_connection.transaction(force_rollback=True):
        yield shared_connection


@pytest.fixture
def clone(_clone: psycopg.Connection, server: Server, clock: Clock) -> Iterator[Funnel]:
    """The owner's committing connection to a database that only this test has."""
    with connect_to(server.url(_clone.info.dbname), clock) as connection:
        yield connection


@pytest.fixture
def connect(clone: Funnel, server: Server, clock: Clock) -> Iterator[Callable[..., Funnel]]:
    """``connect(role)``: one more connection to the clone, with a group role's rights if one is named."""
    opened: list[Funnel] = []

    def open_one(role: str | None = None, **parameters: Any) -> Funnel:
        options = f"-c role={role}" if role else ""
        opened.append(connect_to(server.url(clone.info.dbname), clock, options=options, **parameters))
        return opened[-1]

    yield open_one
    for connection in opened:
        connection.end()


@pytest.fixture
def empty_database(server: Server) -> Iterator[str]:
    """The URL of a database with nothing in it."""
    with fresh_database(server, f"pgfunnel_empty_{os.getpid()}") as url:
        yield url


@pytest.fixture
def plain_owner(empty_database: str) -> Iterator[str]:
    """The URL of the empty database for its owner, who is no superuser and may make roles."""
    role = "pgfunnel_plain_owner"
    database = conninfo_to_dict(empty_database)["dbname"]
    with psycopg.connect(empty_database, autocommit=True) as admin:
        admin.execute(sql.SQL("create role {} login createrole password 'plain'").format(sql.Identifier(role)))
        admin.execute(sql.SQL("alter database {} owner to {}").format(*map(sql.Identifier, (database, role))))
    yield make_conninfo(empty_database, user=role, password="plain")
    with psycopg.connect(empty_database, autocommit=True) as admin:
        admin.execute(sql.SQL("reassign owned by {} to current_user").format(sql.Identifier(role)))
        admin.execute(sql.SQL("drop owned by {}").format(sql.Identifier(role)))
        admin.execute(sql.SQL("drop role {}").format(sql.Identifier(role)))
