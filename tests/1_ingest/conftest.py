from __future__ import annotations

import base64
from typing import Any

import pytest
from senders import SCHEMES, Sender


@pytest.fixture
def new_sender() -> type[Sender]:
    """``new_sender(connection)``: a sender who sends over it."""
    return Sender


@pytest.fixture
def sender(db: Any) -> Sender:
    """A sender of the scheme standard."""
    return Sender(db)


@pytest.fixture(params=list(SCHEMES))
def any_sender(db: Any, request: pytest.FixtureRequest) -> Sender:
    """A sender of each scheme."""
    return Sender(db, scheme=request.param)


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
