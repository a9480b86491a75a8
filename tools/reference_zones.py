"""Writes time zones and holidays below migrations/reference/ from published packages: python tools/reference_zones.py

Run by hand when a package brings new facts; the CSV files are what ships. The packages are development dependencies.
"""

from collections import defaultdict
from importlib.metadata import version
from zoneinfo import available_timezones

import holidays
import zipcodes
from phonenumbers.tzdata import TIMEZONE_DATA
from reference_data import write

YEARS = range(2024, 2036)
ZONES = available_timezones()


# ZIPs with land of the Navajo Nation, which keeps daylight saving time, and land of Arizona or the Hopi, which don't;
# the package gives them one zone, by their middle
BORDER = {"86003", "86034", "86036", "86040", "86045", "86047", "86502", "86512"}


def zip_zones() -> None:
    """The zones of each first three digits of a ZIP, and of every ZIP where those hold several."""
    zones: dict[str, dict[str, str]] = defaultdict(dict)
    for entry in zipcodes.list_all():
        if entry["timezone"] in ZONES:
            zones[entry["zip_code"][:3]][entry["zip_code"]] = entry["timezone"]

    rows = set()
    for prefix, known in zones.items():
        rows |= {(prefix, zone) for zone in known.values()}
        if len(set(known.values())) > 1:
            rows |= set(known.items())
    rows |= {(code, zone) for code in BORDER for zone in ("America/Denver", "America/Phoenix")}

    write(
        "zip_zones",
        [
            "Time zones by ZIP code: the longest prefix counts, five digits or three. Several: any of them.",
            f"Source: zipcodes {version('zipcodes')} (MIT), by tools/reference_zones.py.",
        ],
        ("prefix", "timezone"),
        sorted(rows),
    )


def state_zones() -> None:
    """Every zone that some ZIP of a state or territory is in."""
    rows = {(entry["state"], entry["timezone"]) for entry in zipcodes.list_all() if entry["timezone"] in ZONES}
    write(
        "state_zones",
        [
            "Time zones of the states, DC and the territories; most have one.",
            f"Source: zipcodes {version('zipcodes')} (MIT), by tools/reference_zones.py.",
        ],
        ("state", "timezone"),
        sorted(rows),
    )


def area_code_zones() -> None:
    """Every zone that an area code is assigned to, and every one in which it is used: some span two."""
    rows = {
        (prefix[1:4], zone)
        for prefix, zones in TIMEZONE_DATA.items()
        if prefix.startswith("1") and len(prefix) >= 4
        for zone in zones
    }
    rows |= {
        (code, entry["timezone"])
        for entry in zipcodes.list_all()
        if entry["timezone"] in ZONES
        for code in entry["area_codes"]
    }
    write(
        "area_code_zones",
        [
            "Time zones of the area codes of North America. Those for all of it, as 800, are left out.",
            f"Sources: phonenumbers {version('phonenumbers')} (Apache 2.0), zipcodes {version('zipcodes')} (MIT),",
            "by tools/reference_zones.py.",
        ],
        ("area_code", "timezone"),
        sorted(rows),
    )


def federal_holidays() -> None:
    """The US federal holidays, on the day on which they are observed too."""
    days = holidays.US(years=YEARS)
    write(
        "holidays",
        [
            f"US federal holidays, {YEARS[0]}–{YEARS[-1]}.",
            f"Source: holidays {version('holidays')} (MIT), by tools/reference_zones.py.",
        ],
        ("day", "name"),
        sorted((day.isoformat(), name) for day, name in days.items()),
    )


if __name__ == "__main__":
    zip_zones()
    state_zones()
    area_code_zones()
    federal_holidays()
