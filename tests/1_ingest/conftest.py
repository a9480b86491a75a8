"""A sender who signs as Standard Webhooks says, with Python's hmac."""

from __future__ import annotations

import base64
import hmac
from datetime import datetime, timezone
from typing import Any

import pytest
from psycopg.types.json import Jsonb


def secret_of(key: bytes) -> str:
    """The key as a secret is written down."""
    return "whsec_" + base64.b64encode(key).decode()


class Sender:
    """A source with a secret. ``send`` signs at the clock's time and sends; the parts can be had one by one."""

    key = bytes(range(32))
    csv = b"mak,first name,phone\n0000000001,Ada,(213) 555-0101\n0000000002,Bo,(213) 555-0102\n"

    def __init__(self, db: Any, source: str = "vendor") -> None:
        self.db, self.source = db, source
        db.execute("select set_signing_secret(%s, %s)", (source, secret_of(self.key)))
        # a secret is valid from now on; the clock may stand before that
        long_ago = datetime(2020, 1, 1, tzinfo=timezone.utc)
        db.execute("update webhook_secrets set valid_from = %s where source = %s", (long_ago, source))

    def signature(self, message_id: str, seconds: int, body: bytes, key: bytes | None = None) -> str:
        digest = hmac.digest(key or self.key, f"{message_id}.{seconds}.".encode() + body, "sha256")
        return "v1," + base64.b64encode(digest).decode()

    def headers(
        self, body: bytes, message_id: str = "msg_1", sent: datetime | None = None, key: bytes | None = None
    ) -> dict[str, str]:
        seconds = int((sent or self.db.clock.now).timestamp())
        return {
            "x-pgfunnel-source": self.source,
            "x-pgfunnel-file-name": "leads.csv",
            "webhook-id": message_id,
            "webhook-timestamp": str(seconds),
            "webhook-signature": self.signature(message_id, seconds, body, key),
        }

    def send(self, body: bytes = csv, **signed: Any) -> Any:
        return self.send_as_is(body, self.headers(body, **signed))

    def send_as_is(self, body: bytes | None, headers: Any) -> Any:
        """Send with these headers, honest or not."""
        return self.db.one("select * from receive_upload_at(%s, %s, %s)", body, Jsonb(headers), self.db.clock.now)

    def refusals(self) -> list[str]:
        """The true reasons of the refusals so far, as the operator reads them."""
        return [
            row[0]
            for row in self.db.rows(
                "select detail ->> 'outcome' from pipeline_events where stage = 'refused' order by id"
            )
        ]


@pytest.fixture
def new_sender() -> type[Sender]:
    """``new_sender(connection)``: a sender who sends over it."""
    return Sender


@pytest.fixture
def sender(db) -> Sender:
    return Sender(db)


class Copier:
    """Whoever copies a file in: begin, copy (once or in parts), finish."""

    def __init__(self, db: Any) -> None:
        self.db = db
        self.upload: Any = None

    def begin(self, source: str = "test", file_name: str | None = "test.csv") -> Copier:
        self.upload = self.db.value("select begin_upload(%s, %s)", source, file_name)
        return self

    def copy(self, content: bytes, width: int = 57) -> Copier:
        """One COPY, in lines of so many bytes each."""
        with self.db.cursor().copy("copy upload_file from stdin") as sink:
            for start in range(0, len(content), width):
                sink.write_row([self.line_of(content[start : start + width])])
        return self

    @staticmethod
    def line_of(content: bytes) -> str:
        return base64.b64encode(content).decode()

    def finish(self) -> Any:
        return self.db.one("select * from finish_upload(%s)", self.upload)

    def send(self, body: str | bytes, width: int = 57) -> Any:
        """The whole file. Returns the receipt."""
        return self.begin().copy(body.encode() if isinstance(body, str) else body, width).finish()


@pytest.fixture
def new_copier() -> type[Copier]:
    """``new_copier(connection)``: one who copies over it."""
    return Copier


@pytest.fixture
def copier(db) -> Copier:
    return Copier(db)
