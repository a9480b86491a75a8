import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

ROOT = Path(__file__).parents[3]
GENERATOR = ROOT / "tests" / "data" / "address_pairs.py"
NORMALISE = """
    select normalize_address(t.street, t.unit, t.city, t.state, t.zip)
      from unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
           with ordinality as t (street, unit, city, state, zip, n)
     order by t.n
"""

text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
WORDS = """
    MAIN OAK NORTH N SO E Street ST Ave. Court Loop HWY US CR FARM TO MARKET ROAD SAINT TWENTY First APT # Unit LOT
    FL REAR BLDG NO BOX P O RR 5 12 0 4B 34-20 1/2 5TH B | - N6 W23001 US90
"""
words = st.sampled_from(WORDS.split())
lines = st.lists(st.one_of(words, text), max_size=8).map(" ".join)
streets = st.one_of(st.none(), lines, st.builds("{} {}".format, st.integers(0, 999), lines))


def normalise(db, *parts):
    return db.value("select normalize_address(%s, %s, %s, %s, %s)", *parts)


def examples():
    for line in (ROOT / "docs" / "address.md").read_text().splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) == 6 and (cells[5] == "null" or cells[5].startswith("`")):
            *given, expected = [cell.strip("`").replace("\\|", "|") or None for cell in cells]
            yield pytest.param(given, None if expected == "null" else expected, id=f"{cells[0]} {cells[1]}")


@pytest.mark.parametrize(("parts", "expected"), list(examples()))
def test_the_examples_of_the_documentation_hold(db, parts, expected):
    assert normalise(db, *parts) == expected


@pytest.mark.parametrize("seed", range(1, 6))
def test_spellings_of_an_address_meet_and_different_addresses_do_not(db, seed):
    out = subprocess.run(
        [sys.executable, GENERATOR, "--n", "2000", "--seed", str(seed)], capture_output=True, text=True, check=True
    ).stdout
    pairs = list(csv.DictReader(out.splitlines()))
    sides = [
        [row[0] for row in db.rows(NORMALISE, *([p[f"{side}_{part}"] for p in pairs]
                                                for part in ("street", "unit", "city", "state", "zip")))]
        for side in "ab"
    ]  # fmt: skip

    same = [p["same"] == "1" for p in pairs]
    met = [a is not None and a == b for a, b in zip(*sides, strict=True)]
    true_matches = sum(s and m for s, m in zip(same, met, strict=True))

    assert true_matches / sum(met) >= 0.999
    assert true_matches / sum(same) >= 0.98


@example("1 MAIN APT US 5", None, None, None, "85003")
@example("N6 N6 N6", None, None, None, "85003")
@given(streets, st.one_of(st.none(), lines), st.one_of(st.none(), text), st.sampled_from([None, "UT", "x"]),
       st.sampled_from([None, "85003", "2108.0", "0"]))  # fmt: skip
def test_normalised_text_is_its_own_normal_form(db, street, unit, city, state, zip):
    normal = normalise(db, street, unit, city, state, zip)
    if normal is None:
        return

    street, unit, place = normal.split("|")
    where = (None, None, place) if place.isdigit() else (*place.rsplit(" ", 1), None)

    assert normalise(db, street, unit, *where) == normal
    assert normalise(db, normal, None, None, None, None) == normal


@given(streets, st.one_of(st.none(), lines))
def test_case_and_blanks_do_not_matter(db, street, unit):
    plain = normalise(db, street, unit, None, None, "85003")
    spaced = street and "  " + re.sub(" ", "  ", street) + " "

    assert normalise(db, spaced, unit, None, None, "85003 ") == plain
    if street and street.isascii():
        assert normalise(db, street.swapcase(), unit, None, None, "85003") == plain


@pytest.mark.parametrize("street", [None, "", " ", "#", "|", "||", "\x01", "\u202e", "123", "-", "\ufffd"])
def test_what_names_no_address_gives_none(db, street):
    assert normalise(db, street, None, "Los Angeles", "CA", "90012") is None


def test_a_whole_address_in_the_unit_s_column_is_found(db):
    assert normalise(db, "", "PO Box 12", None, None, "85003") == "PO BOX 12||85003"


def test_the_writer_may_call_it_and_needs_no_table(db):
    with db.acting_as("pipeline_writer"):
        assert normalise(db, "1 Main Street", None, "Boston", "Mass", "02108") == "1 MAIN ST||02108"


@pytest.mark.parametrize(
    "parts",
    [
        ("1 Main St", "\ufdfa" * 10_000, None, None, "85003"),
        ("1 Main St", "1 " * 16_000, None, None, "85003"),
        ("1 Main St", "½" * 10_000, None, None, "85003"),
        ("1 " + "FM 1 " * 6_400, None, None, None, "85003"),
        ("1 Main St", None, "Los " * 8_000, "CA", None),
        ("1 " + "\ufdfa" * 90, None, None, None, "85003"),
    ],
    ids=["letters that fold to many", "unit of words", "fractions", "roads", "city", "folded above the limit"],
)
def test_a_text_that_no_address_is_as_long_as_is_none_and_takes_no_time(db, parts):
    db.execute("set local statement_timeout = '20 s'")

    assert normalise(db, *parts) is None
