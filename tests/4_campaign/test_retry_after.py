from datetime import UTC, timedelta
from email.utils import format_datetime

from hypothesis import example, given
from hypothesis import strategies as st


def wait(db, header):
    return db.value("select retry_after(%s, %s)", header, db.clock.now)


@given(st.integers(0, 10**9 - 1))
def test_seconds_are_waited_up_to_a_day(db, seconds):
    assert wait(db, str(seconds)) == min(timedelta(seconds=seconds), timedelta(days=1))


@given(st.integers(-(10**6), 10**6))
def test_a_date_is_waited_for_up_to_a_day(db, seconds):
    date = db.clock.now.astimezone(UTC) + timedelta(seconds=seconds)

    expected = min(max(timedelta(seconds=seconds), timedelta(0)), timedelta(days=1))
    assert wait(db, format_datetime(date, usegmt=True)) == expected


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40).filter(
        lambda t: not t.strip().isdigit()
    )
)
@example("-5")
@example("1.5")
@example("Tue, 31 Feb 2026 10:00:00 GMT")
@example("Mon, 09 Mar 2026 25:00:00 GMT")
@example("9999999999")
def test_what_is_neither_is_as_if_it_were_not_there(db, header):
    assert wait(db, header) is None


def test_no_header_asks_for_nothing(db):
    assert wait(db, None) is None
