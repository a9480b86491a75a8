"""What the tests of the dashboard and of health read with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest


@pytest.fixture
def event(db: Any, clock: Any) -> Callable[..., bool]:
    """``event(stage, detail=…, lead_id=…, …)``: write an event at the clock's time."""

    def write(stage: str, **named: Any) -> bool:
        names = "".join(f", p_{name} => %s" for name in named)
        return db.value(f"select record_event(%s, %s{names})", clock.now, stage, *named.values())

    return write


@pytest.fixture
def markup() -> Callable[[str], ElementTree.Element]:
    """Read a part of the page; it must be well-formed."""
    return lambda html: ElementTree.fromstring(f"<div>{html}</div>")


@pytest.fixture
def table() -> Callable[..., list[list[str]]]:
    """The cells of the body of the first table below an element, row by row, as the reader sees them."""

    def read(element: ElementTree.Element) -> list[list[str]]:
        found = element.find(".//tbody")
        assert found is not None
        return [["".join(cell.itertext()) for cell in row] for row in found]

    return read
