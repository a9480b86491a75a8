"""Senders who sign as their scheme says, with Python's hmac: the oracle of the signed path."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from psycopg.types.json import Jsonb


def secret_of(key: bytes) -> str:
    """The key as a secret of the scheme standard is written down."""
    return "whsec_" + base64.b64encode(key).decode()


def standard(key: bytes, message_id: str, seconds: int, body: bytes) -> dict[str, str]:
    digest = hmac.digest(key, f"{message_id}.{seconds}.".encode() + body, "sha256")
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": "v1," + base64.b64encode(digest).decode(),
    }


def signed_headers(source: str, key: bytes, body: bytes, message_id: str, seconds: int) -> dict[str, str]:
    """All headers of a body that is sent by Standard Webhooks at a time in Unix seconds."""
    return {"x-pgfunnel-source": source} | standard(key, message_id, seconds, body)


def github(key: bytes, message_id: str, _seconds: int, body: bytes) -> dict[str, str]:
    return {
        "x-github-delivery": message_id,
        "x-hub-signature-256": "sha256=" + hmac.digest(key, body, "sha256").hex(),
    }


def hex_of_body(header: str) -> Callable[..., dict[str, str]]:
    return lambda key, _message_id, _seconds, body: {header: hmac.digest(key, body, "sha256").hex()}


def stripe(header: str) -> Callable[..., dict[str, str]]:
    def headers(key: bytes, _message_id: str, seconds: int, body: bytes) -> dict[str, str]:
        digest = hmac.digest(key, f"{seconds}.".encode() + body, "sha256")
        return {header: f"t={seconds},v1={digest.hex()},v0=old"}

    return headers


def secret_in(header: str) -> Callable[..., dict[str, str]]:
    return lambda key, _message_id, _seconds, _body: {header: key.decode()}


SCHEMES: dict[str, Callable[..., dict[str, str]]] = {
    "standard": standard,
    "github": github,
    "stripe": stripe("stripe-signature"),
    "calendly": stripe("calendly-webhook-signature"),
    "cal_com": hex_of_body("x-cal-signature-256"),
    "vapi": hex_of_body("x-vapi-signature"),
    "vapi_secret": secret_in("x-vapi-secret"),
    "shared_secret": secret_in("x-webhook-secret"),
}


class Sender:
    """A source with a secret. ``send`` signs at the clock's time and sends; the parts can be had one by one."""

    csv = b"mak,first name,phone\n0000000001,Ada,(213) 555-0101\n0000000002,Bo,(213) 555-0102\n"

    def __init__(self, db: Any, source: str = "vendor", scheme: str = "standard") -> None:
        self.db, self.source, self.scheme = db, source, scheme
        self.key = bytes(range(32)) if scheme == "standard" else b"a secret of a vendor, as text"
        self.set_secret(self.key, at=datetime(2020, 1, 1, tzinfo=timezone.utc))  # the clock may go back that far

    def set_secret(self, key: bytes, overlap: str = "1 day", at: datetime | None = None) -> None:
        """A secret, or a new one, from the clock's time on."""
        secret = secret_of(key) if self.scheme == "standard" else key.decode()
        self.db.execute(
            "select set_signing_secret(%s, %s, %s, %s, %s)",
            (self.source, secret, self.scheme, overlap, at or self.db.clock.now),
        )

    def headers(
        self, body: bytes, message_id: str = "msg_1", sent: datetime | None = None, key: bytes | None = None
    ) -> dict[str, str]:
        seconds = int((sent or self.db.clock.now).timestamp())
        signed = SCHEMES[self.scheme](key or self.key, message_id, seconds, body)
        return {"x-pgfunnel-source": self.source, "x-pgfunnel-file-name": "leads.csv"} | signed

    def send(self, body: bytes = csv, **signed: Any) -> Any:
        return self.send_as_is(body, self.headers(body, **signed))

    def send_as_is(self, body: bytes | None, headers: Any) -> Any:
        """Send with these headers, honest or not."""
        return self.db.one("select * from receive_upload(%s, %s, %s)", body, Jsonb(headers), self.db.clock.now)

    def verified(self, body: bytes, headers: dict[str, str], source: str | None = None) -> bool:
        """What the verifier of the scheme says of these headers."""
        return self.db.value(
            "select verify_message(s, %s, %s, %s, %s) from webhook_schemes as s where s.scheme = %s",
            source or self.source, Jsonb(headers), body, self.db.clock.now, self.scheme,
        )  # fmt: skip

    def refusals(self) -> list[str]:
        """The true reasons of the refusals so far, as the operator reads them."""
        return [
            row[0]
            for row in self.db.rows(
                "select detail ->> 'outcome' from pipeline_events where stage = 'refused' order by id"
            )
        ]
