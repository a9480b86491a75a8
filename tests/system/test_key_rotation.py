"""Keys change under load, and who changes them is killed: others read and write meanwhile, and nobody notices."""

from __future__ import annotations

import random
import threading
from typing import Any

import psycopg
import pytest

WORKERS = 10
ROTATIONS = 3


class Worker(threading.Thread):
    """Reads, imports, and takes back, until told to stop."""

    def __init__(self, number: int, connection: Any, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.connection, self.stop, self.random = connection, stop, random.Random(number)
        self.number, self.done = number, 0
        self.errors: list[BaseException] = []

    def run(self) -> None:
        try:
            while not self.stop.is_set():
                self.act()
                self.done += 1
        except BaseException as error:
            self.errors.append(error)

    def act(self) -> None:
        if self.number % 2:
            for row in self.connection.rows("select id, lead_pii(id) as document from leads limit 50"):
                assert row.document["first_name"], row
            return
        maks = self.random.sample(range(200), 10)
        rows = "".join(f"{1000000000 + m},Ada {self.random.random()},20255501{m % 100:02}\n" for m in maks)
        receipt = self.connection.ingest("mak,first name,phone 1\n" + rows, source=f"w{self.number}", file_name=None)
        assert receipt.status == 200, receipt
        if self.random.random() < 0.2:
            self.connection.execute("select revert_upload(%s)", (receipt.upload_id,))


def test_rotation_under_load_loses_nothing_and_the_old_keys_go(clone, connect):
    clone.ingest("mak,first name\n" + "".join(f"{1000000000 + m},Ada {m}\n" for m in range(200)))
    clone.execute("select send_to_dlq('n8n', '{}', 'broken', null, '{\"name\": \"Ada\"}')")
    stop = threading.Event()
    workers = [Worker(number, connect(), stop) for number in range(WORKERS)]
    for worker in workers:
        worker.start()

    try:
        for _ in range(ROTATIONS):
            old = clone.value("select newest_data_key('seal')")
            clone.execute("select rotate_data_key()")
            retire(clone, old)
    finally:
        stop.set()
        for worker in workers:
            worker.join(60)

    assert [worker.errors for worker in workers if worker.errors] == []
    assert all(worker.done for worker in workers)
    assert clone.rows("select purpose from data_keys order by purpose") == [("index",), ("seal",)]
    assert what_opens(clone) == [(True, True)]


def what_opens(owner: Any) -> list[Any]:
    everything = " union all ".join(
        f"select try_unseal(k.key, '{c.context}' || t.{c.id_column}, t.{c.column_name}) is not null as opens"
        f" from {c.table_name} as t left join key_ring() as k on k.version = sealed_version(t.{c.column_name})"
        f" where t.{c.column_name} is not null"
        for c in owner.rows("select * from sealed_columns")
    )
    return owner.rows(f"select opens, count(*) > 200 from ({everything}) as e group by opens")


def retire(owner: Any, version: int) -> None:
    """What docs/keys.md says to do: reseal until nothing is left, and remove the key; who was late is taken along."""
    for _ in range(1000):
        while owner.value("select reseal_leads(50)"):
            pass
        try:
            owner.execute("select retire_data_key(%s)", (version,))
            return
        except psycopg.Error as error:
            if error.sqlstate != "PF018":
                raise
    pytest.fail(f"data key {version} is needed for ever")


SEALED = ["leads", "upload_changes", "pipeline_dlq", "consents", "webhook_secrets"]
KEYS = ["data_keys", "settings", "local_keys"]
# a call, and the tables at each of which it is killed when it gets there; besides, when it has done all but commit
POINTS = {
    "select move_keys('local')": [*KEYS, "pipeline_events"],
    "select rotate_data_key()": [*KEYS, "pipeline_events"],
    "select reseal_leads(100000)": [*KEYS, *SEALED],
    "select retire_data_key(%s)": ["data_keys", *SEALED, "pipeline_events"],
}


@pytest.fixture
def busy(clone, connect):
    """Something sealed in each column, and connections that read and write until the test ends."""
    clone.ingest("mak,first name\n" + "".join(f"{1000000000 + m},Ada {m}\n" for m in range(200)))
    clone.ingest("mak,first name\n1000000001,Grace\n", file_name="again.csv")
    clone.execute("select send_to_dlq('n8n', '{}', 'broken', null, '{\"name\": \"Ada\"}')")
    clone.execute("select redeem_consent_token(issue_consent_token(id), 'web_form', '{}') from leads limit 1")
    clone.execute("select set_signing_secret('vendor', 'whsec_' || encode(gen_random_bytes(24), 'base64'))")
    stop = threading.Event()
    workers = [Worker(number, connect(), stop) for number in range(4)]
    for worker in workers:
        worker.start()
    yield clone
    stop.set()
    for worker in workers:
        worker.join(60)
    assert [worker.errors for worker in workers if worker.errors] == []
    assert all(worker.done for worker in workers)


def kill_at(table: str | None, owner: Any, connect: Any, call: str, *args: Any) -> bool:
    """Whether the call got there, and was killed. It did not if a key was needed still, by who was late."""
    victim, holder = connect(), connect()
    pid, blocker = victim.info.backend_pid, holder.info.backend_pid
    victim.execute("begin")
    if table is None:
        try:
            victim.execute(call, args or None)
        except psycopg.errors.Error as error:
            assert error.sqlstate == "PF018", error
            return False
        return owner.value("select pg_terminate_backend(%s, 60000)", pid)

    with holder.transaction(force_rollback=True):
        holder.execute(f"lock table {table} in access exclusive mode")
        calling = victim.in_background(call, *args)
        while blocker not in owner.value("select pg_blocking_pids(%s)", pid):
            if not calling.is_running():
                with pytest.raises(psycopg.Error) as caught:
                    calling.result()
                assert caught.value.sqlstate == "PF018", caught.value
                return False
        return owner.value("select pg_terminate_backend(%s, 60000)", pid)


@pytest.mark.parametrize("call", POINTS)
def test_who_changes_keys_may_be_killed_anywhere(busy, connect, call):
    for table in [*POINTS[call], None]:
        for _ in range(1000):
            old = busy.value("select newest_data_key('seal')")
            busy.execute("select rotate_data_key()")
            while "retire" in call and busy.value("select reseal_leads(50)"):
                pass
            before = busy.rows("select * from data_keys order by version")
            if kill_at(table, busy, connect, call, *([old] if "%s" in call else [])):
                break
        else:
            pytest.fail(f"{call} never got to {table}")

        assert busy.rows("select * from data_keys order by version") == before
        assert what_opens(busy) == [(True, True)]

    for row in busy.rows("select version from data_keys where purpose = 'seal' order by version")[:-1]:
        retire(busy, row.version)
    assert what_opens(busy) == [(True, True)]
