"""Nobody is called before eight or after nine in the evening where he is: 47 CFR 64.1200(c)(1).

The oracle is zoneinfo, with the zones as the packages zipcodes and phonenumbers tell them.
"""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import phonenumbers
import phonenumbers.timezone
import pytest
import zipcodes

KNOWN = available_timezones()
ENTRIES = {z["zip_code"]: z for z in zipcodes.list_all() if z["timezone"] in KNOWN}
STATES = sorted({entry["state"] for entry in ENTRIES.values()})
# on the border of the Navajo Nation: zipcodes names one zone of each, both are there
BORDER = {"86003", "86034", "86036", "86040", "86045", "86047", "86502", "86512"}
ZONES = {code: {entry["timezone"]} for code, entry in ENTRIES.items()}
ZONES |= {code: {"America/Denver", "America/Phoenix"} for code in BORDER}
SPLIT = {  # by the tribal, county and city lines that callers get wrong
    "86503": "America/Denver",  # Chinle, Navajo Nation: Arizona with daylight saving time
    "86515": "America/Denver",  # Window Rock, Navajo Nation
    "86042": "America/Phoenix",  # Polacca, Hopi
    "85003": "America/Phoenix",
    "46402": "America/Chicago",  # Gary
    "47708": "America/Chicago",  # Evansville
    "46204": "America/Indiana/Indianapolis",
    "32501": "America/Chicago",  # Pensacola
    "33101": "America/New_York",
    "37402": "America/New_York",  # Chattanooga
    "37203": "America/Chicago",  # Nashville
    "79901": "America/Denver",  # El Paso
    "83814": "America/Los_Angeles",  # Coeur d'Alene
    "83702": "America/Boise",
    "97914": "America/Boise",  # Ontario, Oregon
    "57701": "America/Denver",  # Rapid City
    "67735": "America/Denver",  # Goodland, Kansas
    "96910": "Pacific/Guam",
    "99546": "America/Adak",
    "00901": "America/Puerto_Rico",
}
DAYS = ["2026-03-07", "2026-03-08", "2026-07-04", "2026-10-31", "2026-11-01", "2026-12-31"]
MOMENTS = [
    datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(minutes=20 * n + shift)
    for day in DAYS
    for n in range(72)
    for shift in (0, 19)  # the first and the last minute of twenty
]


@cache
def is_waking_in(zone: str, at: datetime) -> bool:
    return time(8) <= at.astimezone(ZoneInfo(zone)).time() < time(21)


def is_waking(zones: set[str], at: datetime) -> bool:
    return all(is_waking_in(zone, at) for zone in zones)


def zones_of_number(number: str) -> set[str]:
    return set(phonenumbers.timezone.time_zones_for_number(phonenumbers.parse(number)))


def five_hundred_zips() -> list[str]:
    """Of every pair of state and zone some, all that are known to be hard, and others by chance."""
    chance = random.Random(1)
    by_zone = defaultdict(list)
    for code, entry in ENTRIES.items():
        by_zone[entry["state"], entry["timezone"]].append(code)
    chosen = SPLIT.keys() | BORDER
    for codes in by_zone.values():
        chosen |= set(chance.sample(codes, min(2, len(codes))))
    rest = sorted(ENTRIES.keys() - chosen)
    return sorted(chosen | set(chance.sample(rest, 500 - len(chosen))))


def allowed_moments(db: Any, places: list[tuple[str | None, str | None, str | None]]) -> list[set[datetime]]:
    """For each state, ZIP and number, the moments of MOMENTS at which it may be called."""
    rows = db.rows(
        """
        with places as materialized (
          select p.position, lead_timezones(p.state, p.zip, p.phone) as zones
            from unnest(%s::text[], %s::text[], %s::text[]) with ordinality as p (state, zip, phone, position)
        )
        select p.position, t.at
          from places as p
         cross join unnest(%s::timestamptz[]) as t (at)
          join campaigns as c on c.name = 'default' and is_contact_hour(c, p.zones, t.at)
        """,
        *(list(column) for column in zip(*places, strict=True)),
        MOMENTS,
    )
    allowed: list[set[datetime]] = [set() for _ in places]
    for row in rows:
        allowed[row.position - 1].add(row.at.astimezone(UTC))
    return allowed


def test_the_source_says_of_the_hard_places_what_is_known_of_them():
    assert {code: ENTRIES[code]["timezone"] for code in SPLIT} == SPLIT


def test_for_five_hundred_zips_a_call_is_allowed_exactly_from_eight_to_nine_there(db):
    codes = five_hundred_zips()

    found = allowed_moments(db, [(ENTRIES[code]["state"], code, None) for code in codes])

    assert len(codes) == 500
    assert {ENTRIES[code]["state"] for code in codes} == set(STATES)
    for code, allowed in zip(codes, found, strict=True):
        assert allowed == {at for at in MOMENTS if is_waking(ZONES[code], at)}, code


def test_for_every_state_a_call_is_allowed_when_it_is_in_all_of_it(db):
    found = allowed_moments(db, [(state, None, None) for state in STATES])

    for state, allowed in zip(STATES, found, strict=True):
        zones = {entry["timezone"] for entry in ENTRIES.values() if entry["state"] == state}
        assert allowed == {at for at in MOMENTS if is_waking(zones, at)}, state


def test_of_property_and_area_code_the_stricter_counts(db):
    chance = random.Random(2)
    codes = chance.sample(sorted(ENTRIES), 100)
    area_codes = ["212", "312", "303", "213", "808", "907", "850", "928", "219", "787", "671"]
    numbers = [f"+1{chance.choice(area_codes)}5550100" for _ in codes]

    found = allowed_moments(db, [(ENTRIES[c]["state"], c, n) for c, n in zip(codes, numbers, strict=True)])

    for code, number, allowed in zip(codes, numbers, found, strict=True):
        zones = zones_of_number(number) | ZONES[code]
        assert [at for at in allowed if not is_waking(zones, at)] == [], (code, number)
        assert allowed, (code, number)


def test_an_area_code_of_one_zone_changes_nothing_there(db):
    found = allowed_moments(db, [("CA", "90012", "+12135550100"), ("CA", "90012", "+18005550100")])

    expected = {at for at in MOMENTS if is_waking({"America/Los_Angeles"}, at)}
    assert found == [expected, expected]


def test_of_whom_nothing_is_known_it_must_be_an_hour_for_every_zone_of_the_country(db):
    (allowed, by_number, by_nonsense) = allowed_moments(
        db, [(None, None, None), (None, None, "+12125550100"), ("Narnia", "501", "+18005550100")]
    )

    everywhere = {entry["timezone"] for entry in ENTRIES.values()}
    assert allowed == by_nonsense == {at for at in MOMENTS if is_waking(everywhere, at)}
    assert len(allowed) >= 2 * len(DAYS)
    assert by_number == {at for at in MOMENTS if is_waking({"America/New_York"}, at)}


def give_number(db: Any, lead: Any, number: str) -> None:
    db.execute(
        "update leads set pii = seal('leads.pii/' || id, convert_to(jsonb_set(lead_pii(id), '{phones,0}',"
        " to_jsonb(%s::text))::text, 'UTF8')) where id = %s",
        (number, lead),
    )


@pytest.mark.parametrize("start", ["2026-03-07", "2026-10-31"])  # the evening before the clocks change, and after
def test_claimed_every_half_hour_each_lead_is_called_at_the_first_hour_that_is_allowed(db, clock, start):
    chance = random.Random(3)
    codes = [*SPLIT, *sorted(BORDER), *chance.sample(sorted(ENTRIES), 20)]
    db.execute("update campaigns set daily_cap = 1000, feed_days = '{1,2,3,4,5,6,7}'")
    zones, of_one_zone = {}, set()
    for number, code in enumerate(codes):
        area_code = chance.choice(["212", "213", "808", "928", *ENTRIES[code]["area_codes"]])
        phone = f"+1{area_code}55501{number:02}"
        (lead,) = db.leads(1, status="queued", state=ENTRIES[code]["state"], zip=code, emails=0)
        give_number(db, lead, phone)
        if area_code in ("212", "213", "808"):
            of_one_zone.add(lead)
        zones[lead] = zones_of_number(phone) | ZONES[code]
    clock.set(f"{start} 06:00")
    assert db.feed().fed == len(codes)

    clock.set(f"{start} 22:00")
    called = {}
    first_allowed: dict[Any, datetime] = {}
    for _ in range(2 * 36):
        for lead, where in zones.items():
            if is_waking(where, clock.now.astimezone(UTC)):
                first_allowed.setdefault(lead, clock.now.astimezone(UTC))
        for delivery in db.claim(limit=7, lease="10 days"):
            called[delivery.lead_id] = clock.now.astimezone(UTC)
        for delivery in db.claim(limit=100, lease="10 days"):
            called[delivery.lead_id] = clock.now.astimezone(UTC)
        clock.move(minutes=30)

    assert [lead for lead, at in called.items() if not is_waking(zones[lead], at)] == []
    assert called.keys() == zones.keys()
    for lead in zones:  # an area code that is used in more zones than the package names may wait for them
        assert called[lead] - first_allowed[lead] <= timedelta(hours=0 if lead in of_one_zone else 2), zones[lead]


def test_mail_goes_at_any_hour(db, clock):
    leads = db.leads(3, status="queued", phones=1)
    db.feed()

    for hour in range(24):
        clock.set(f"2026-03-10 {hour:02}:30")
        with db.undone():
            assert {delivery.lead_id for delivery in db.claim("email")} == set(leads)
