"""Files made to be hard to merge: all lines one lead, all sharing a key, chains of keys through the whole file.

Each is merged as the rule says, and in a time that grows with its lines, not with their square: at the sizes used here
a quadratic step takes minutes, so the time limit tells the two apart on any machine.
"""

from __future__ import annotations

from typing import Any

import pytest
from merge_oracle import Leads

FIPS = "06037"
LIMIT = "30s"


def one_lead(n: int, i: int) -> tuple[Any, Any, Any]:
    return 1, 1, 1


def one_address_and_a_mak_each(n: int, i: int) -> tuple[Any, Any, Any]:
    return i, None, 1


def one_mak_and_an_address_each(n: int, i: int) -> tuple[Any, Any, Any]:
    return 1, None, i


def crosswise(n: int, i: int) -> tuple[Any, Any, Any]:
    return i % 71, i % 73, i % 79


def chain(n: int, i: int) -> tuple[Any, Any, Any]:
    """Each line shares its MAK with the one before and its parcel with the one after."""
    return i // 2, (i + 1) // 2, None


def chain_backwards(n: int, i: int) -> tuple[Any, Any, Any]:
    return (n - i) // 2, (n - i + 1) // 2, (n - i) // 3


def chain_of_addresses(n: int, i: int) -> tuple[Any, Any, Any]:
    return (i // 2, None, (i + 1) // 2) if i % 3 else (None, i // 2, (i + 1) // 2)


SHAPES = [one_lead, one_address_and_a_mak_each, one_mak_and_an_address_each, crosswise]
CHAINS = [chain, chain_backwards, chain_of_addresses]


def merge(db: Any, rows: list[dict[str, Any]]) -> dict[int, str]:
    """Each line's outcome, of rows of bare keys."""
    upload = db.value("insert into uploads (source, received_at) values ('test', now()) returning id")
    columns = "(upload_id, line_number, mak, county_fips, apn, addr_hash, raw)"
    with db.cursor() as cursor, cursor.copy(f"copy leads_staging {columns} from stdin") as copy:
        for r in rows:
            copy.write_row((upload, r["line"], r["mak"], r["apn"] and FIPS, r["apn"], r["addr"], "{}"))
    db.execute("select merge_staged(%s)", (upload,))
    return dict(db.rows("select line_number, outcome from upload_rows where upload_id = %s", upload))


@pytest.mark.parametrize(
    ("shape", "lines"),
    [*((s, 5000) for s in SHAPES), *((s, 10_000) for s in CHAINS)],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_file_of_this_shape_is_merged_as_the_rule_says(db, shape, lines):
    kinds = ("mak", "apn", "addr")
    keys = (shape(lines, i) for i in range(lines))
    rows = [
        {"line": line, **{kind: None if k is None else f"{kind}{k}" for kind, k in zip(kinds, key, strict=True)}}
        for line, key in enumerate(keys, 2)
    ]
    oracle = Leads()
    db.execute(f"set local statement_timeout = '{LIMIT}'")

    for part in (rows[::2], rows):
        assert merge(db, part) == oracle.merge(part)["outcomes"]

    assert db.value("select count(*) from leads") == len(oracle)


def test_thousands_of_contacts_of_one_lead_are_added_to_thousands(db):
    """Each line brings a phone and an e-mail that no other has: all stand in the lead's document, in order."""
    lines = 3000
    db.execute(f"set local statement_timeout = '{LIMIT}'")
    for first in (0, lines):
        contacts = (f"0000000001,213{2_000_000 + n},a{n}@example.com" for n in range(first, first + lines))
        db.ingest("\n".join(["mak,phone,email", *contacts]))

    document = db.value("select lead_pii(id) from leads")
    assert document["phones"] == [f"+1213{2_000_000 + n}" for n in range(2 * lines)]
    assert document["emails"] == [f"a{n}@example.com" for n in range(2 * lines)]
    assert db.value("select max(position) from lead_contacts where channel = 'phone'") == 2 * lines
    assert db.value("select count(*) from lead_contacts") == 4 * lines
