from __future__ import annotations

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
