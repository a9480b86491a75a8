"""Writes time zones and holidays below migrations/reference/ from published packages: python tools/reference_zones.py

Run by hand when a package brings new facts; the CSV files are what ships. The packages are development dependencies.
"""

from collections import Counter, defaultdict
from importlib.metadata import version
from zoneinfo import available_timezones

import holidays
import zipcodes
from reference_data import write

YEARS = range(2024, 2036)
ZONES = available_timezones()
FAR_AWAY = {"AA", "AE", "AP", "AS", "FM", "GU", "MH", "MP", "PR", "PW", "VI"}  # a ZIP tells their zone, or nobody


def zip_zones() -> None:
    """A zone for each first three digits of a ZIP, and for each ZIP that differs from the most of its first three."""
    zones: dict[str, dict[str, str]] = defaultdict(dict)
    for entry in zipcodes.list_all():
        if entry["timezone"] in ZONES:
            zones[entry["zip_code"][:3]][entry["zip_code"]] = entry["timezone"]

    rows = []
    for prefix, known in zones.items():
        common = Counter(known.values()).most_common(1)[0][0]
        rows.append((prefix, common))
        rows += [(code, zone) for code, zone in known.items() if zone != common]

    write(
        "zip_zones",
        [
            "Time zone by ZIP code: the longest prefix counts, five digits or three.",
            f"Source: zipcodes {version('zipcodes')} (MIT), by tools/reference_zones.py.",
        ],
        ("prefix", "timezone"),
        sorted(rows),
    )


def state_zones() -> None:
    """Every zone that some ZIP of one of the fifty states is in."""
    rows = {
        (entry["state"], entry["timezone"])
        for entry in zipcodes.list_all()
        if entry["timezone"] in ZONES and entry["state"] not in FAR_AWAY
    }
    write(
        "state_zones",
        [
            "Time zones of the fifty states and DC; most have one.",
            f"Source: zipcodes {version('zipcodes')} (MIT), by tools/reference_zones.py.",
        ],
        ("state", "timezone"),
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
    federal_holidays()
