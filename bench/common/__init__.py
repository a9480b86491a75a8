"""What every benchmark stands on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from pgfunnel import install
from pgfunnel.server import EmbeddedServer


@contextmanager
def installed(schema: str) -> Iterator[psycopg.Connection]:
    """A connection to a server with the package in it: DATABASE_URL's, left as it was, or an embedded one."""
    if url := os.environ.get("DATABASE_URL"):
        with psycopg.connect(url, autocommit=True) as connection:
            install.apply(url, schema)
            try:
                yield connection
            finally:
                install.rollback(url, schema)
                connection.execute(sql.SQL("drop schema {} cascade").format(sql.Identifier(schema)))
        return

    with EmbeddedServer(fsync=False) as server, psycopg.connect(server.url, autocommit=True) as connection:
        install.apply(server.url, schema)
        yield connection
