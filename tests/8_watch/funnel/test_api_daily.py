from datetime import date
from statistics import median_low

import pytest


@pytest.fixture
def today(db, clock):
    """The view counts back from now(): the clock goes to noon of today, Los Angeles."""
    day = db.value("select (now() at time zone 'America/Los_Angeles')::date")
    clock.set(f"{day} 12:00")
    return day


def test_calls_are_counted_by_service_and_class_of_answer(db, event, today):
    for status in (200, 201, 429, 429, 500, 503, 404, None):
        event("api", service="melissa", http_status=status, duration_ms=100)
    event("api", service="vapi", http_status=200, duration_ms=10)

    melissa = db.one("select * from api_daily where service = 'melissa'")
    assert (melissa.day, melissa.calls) == (today, 8)
    assert (melissa.http_2xx, melissa.http_429, melissa.http_5xx, melissa.unanswered) == (2, 2, 2, 1)
    assert db.value("select calls from api_daily where service = 'vapi'") == 1


def test_a_call_of_nobody_known_is_no_row(db, event, today):
    event("api", http_status=200, duration_ms=100)

    assert db.rows("select * from api_daily") == []


def test_median_and_p95_are_of_the_calls_that_have_a_duration(db, event, today):
    durations = [7 * n % 101 for n in range(100)]
    for duration in [*durations, None]:
        event("api", service="melissa", http_status=200, duration_ms=duration)

    row = db.one("select * from api_daily")
    assert row.median_ms == median_low(durations)
    assert row.p95_ms == sorted(durations)[94]


def test_a_day_ends_at_local_midnight(db, event, clock, today):
    for time in ("00:00", "23:59"):
        clock.set(f"{today} {time}")
        event("api", service="melissa")
    clock.move(minutes=1)
    event("api", service="melissa")

    assert [(row.day, row.calls) for row in db.rows("select * from api_daily order by day")] == [
        (today, 2),
        (date.fromordinal(today.toordinal() + 1), 1),
    ]


def test_a_reader_reads_it(db):
    with db.acting_as("pipeline_reader"):
        assert db.rows("select * from api_daily") == []
