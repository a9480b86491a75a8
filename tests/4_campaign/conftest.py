"""What the tests of campaigns look with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import SimpleNamespace
from typing import Any

import pytest


@pytest.fixture
def reads_of(clone: Any) -> Callable[[str], AbstractContextManager[SimpleNamespace]]:
    """``with reads_of("leads") as reads``: then how many rows the block read by index, and how many by whole scans."""

    def counters(table: str) -> Any:
        return clone.one(
            "select coalesce(seq_tup_read, 0) as whole_table, coalesce(idx_tup_fetch, 0) as by_index"
            " from pg_stat_xact_user_tables where relid = %s::regclass",
            table,
        )

    @contextmanager
    def count(table: str) -> Iterator[SimpleNamespace]:
        reads = SimpleNamespace()
        with clone.transaction():  # the counters are those of a transaction
            before = counters(table)
            yield reads
            after = counters(table)
        reads.whole_table = after.whole_table - before.whole_table
        reads.by_index = after.by_index - before.by_index

    return count
