import pytest

WINDOW = """
    select w.opens_at, w.closes_at, w.is_holiday
      from due_window('America/Los_Angeles', '{1,2,3,4,5}', %s, %s, %s, %s::date) as w
"""


def hours(db, day, opens="06:00", closes="12:00", skip_holidays=False):
    return [
        ((row.closes_at - row.opens_at).total_seconds() / 3600, row.is_holiday)
        for row in db.rows(WINDOW, opens, closes, skip_holidays, day)
    ]


def test_a_day_of_the_week_that_is_not_named_has_no_window(db):
    assert hours(db, "2026-03-09") == [(6, False)]
    assert hours(db, "2026-03-08") == []


def test_it_opens_and_closes_by_the_zone_s_clock(db, clock):
    with db.acting_as("pipeline_reader"):
        (row,) = db.rows(WINDOW, "06:00", "12:00", False, "2026-03-09")

    assert row.opens_at == clock.set("2026-03-09 06:00")
    assert row.closes_at == clock.set("2026-03-09 12:00")


@pytest.mark.parametrize("skips", [True, False])
def test_a_holiday_is_named_where_it_is_to_be_skipped(db, skips):
    db.execute("insert into holidays (day, name) values ('2026-03-09', 'a test') on conflict do nothing")

    assert hours(db, "2026-03-09", skip_holidays=skips) == [(6, skips)]


@pytest.mark.parametrize(("day", "length"), [("2026-03-08", 5), ("2026-11-01", 7)])
def test_on_a_day_whose_clocks_change_it_is_one_piece_between_its_local_times(db, day, length):
    row = db.one(
        "select closes_at - opens_at = make_interval(hours => %s) as is_so"
        "  from due_window('America/Los_Angeles', '{7}', '00:30', '06:30', false, %s::date)",
        length,
        day,
    )
    assert row.is_so
