"""Keys change under load: ten connections read and write meanwhile, and nobody notices."""

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
    everything = " union all ".join(
        f"select try_unseal(k.key, '{c.context}' || t.{c.id_column}, t.{c.column_name}) is not null as opens"
        f" from {c.table_name} as t left join key_ring() as k on k.version = sealed_version(t.{c.column_name})"
        f" where t.{c.column_name} is not null"
        for c in clone.rows("select * from sealed_columns")
    )
    assert clone.rows(f"select opens, count(*) > 200 from ({everything}) as e group by opens") == [(True, True)]


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
