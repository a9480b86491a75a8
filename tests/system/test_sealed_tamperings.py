"""Sealed values under attack: nothing that was changed, cut, moved, relabelled or spliced ever opens."""

import random

import psycopg
import pytest
from hypothesis import settings

# 1,200 in the thorough profile
ATTEMPTS = 1200 if settings.default.max_examples > 100 else 120


@pytest.fixture
def values(db):
    """Two keys, and what each sealed in two places."""
    versions = [db.value("select newest_data_key('seal')"), db.value("select rotate_data_key()")]
    sealed = {}
    for version in versions:
        for place in ("leads.pii/1", "leads.pii/2"):
            sealed[version, place] = db.value(
                "select seal(data_key(%s), %s, %s, convert_to(%s, 'UTF8'))",
                version, version, place, f"Quixanne {place} {version}" * 3,
            )  # fmt: skip
    return sealed


def tampered(rng, values, kind):
    """A value that was never sealed for the place it is opened in."""
    (version, place), sealed = rng.choice(list(values.items()))
    other = values[version, "leads.pii/1" if place == "leads.pii/2" else "leads.pii/2"]
    at = rng.randrange(len(sealed))
    if kind == "changed byte":
        return place, sealed[:at] + bytes([sealed[at] ^ rng.randint(1, 255)]) + sealed[at + 1 :]
    if kind == "changed bytes":
        return place, bytes(
            b ^ rng.randint(1, 255) if rng.random() < 0.1 or n == at else b for n, b in enumerate(sealed)
        )
    if kind == "truncated":
        return place, sealed[:at]
    if kind == "cut at the front":
        return place, sealed[:4] + sealed[5 + at :]
    if kind == "longer":
        return place, sealed + rng.randbytes(rng.choice([1, 16, 32]))
    if kind == "moved":
        return ("leads.pii/1" if place == "leads.pii/2" else "leads.pii/2"), sealed
    if kind == "moved to another column":
        return place.replace("leads.pii", "pipeline_dlq.sealed"), sealed
    if kind == "relabelled":
        [another] = {v for v, _ in values} - {version}
        return place, another.to_bytes(4, "big") + sealed[4:]
    if kind == "unknown label":
        return place, rng.randint(90, 2**31 - 1).to_bytes(4, "big") + sealed[4:]
    if kind == "spliced":
        block = rng.randrange(4, len(sealed) - 16, 16)
        return place, sealed[:block] + other[block : block + 16] + sealed[block + 16 :]
    if kind == "tag of another":
        return place, sealed[:-32] + other[-32:]
    return place, version.to_bytes(4, "big") + rng.randbytes(len(sealed) - 4)


KINDS = [
    "changed byte", "changed bytes", "truncated", "cut at the front", "longer", "moved", "moved to another column",
    "relabelled", "unknown label", "spliced", "tag of another", "made up",
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_it_never_opens_and_the_error_tells_the_key_and_nothing_of_the_content(db, values, kind):
    rng = random.Random(kind)
    for _ in range(ATTEMPTS // len(KINDS)):
        place, sealed = tampered(rng, values, kind)
        if sealed in values.values() and values.get((int.from_bytes(sealed[:4], "big"), place)) == sealed:
            continue  # a splice of equal blocks

        with pytest.raises(psycopg.Error) as caught, db.undone():
            db.execute("select unseal(%s, %s)", (place, sealed))

        error = caught.value
        assert error.sqlstate in ("PF011", "PF014")
        needed = str(int.from_bytes(sealed[:4], "big", signed=True)) if len(sealed) >= 4 else "null"
        assert needed in error.diag.message_primary
        said = " ".join(
            filter(None, [str(error), error.diag.message_detail, error.diag.message_hint, error.diag.context])
        )
        assert "Quixanne" not in said
        assert sealed[20:40].hex() not in said or len(sealed) < 40
