from datetime import UTC, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st


def wait(db, header):
    return db.value("select retry_after(%s, %s)", header, db.clock.now)


@given(st.integers(0, 10**30))
def test_seconds_are_waited_up_to_a_day(db, seconds):
    assert wait(db, str(seconds)) == timedelta(seconds=min(seconds, 86400))


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
@example("Mon, 09 Mar 2026 17:10:00 PST")
def test_what_is_neither_is_as_if_it_were_not_there(db, header):
    assert wait(db, header) is None


FORMS = ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"]


@given(st.integers(-(10**6), 10**6), st.sampled_from(FORMS))
@example(-3600 * 24 * 365 * 32, FORMS[1])  # the year 94
def test_each_form_of_a_date_that_the_standard_knows_is_read(db, seconds, form):
    date = db.clock.now.astimezone(UTC) + timedelta(seconds=seconds)

    assert wait(db, date.strftime(form)) == min(max(timedelta(seconds=seconds), timedelta(0)), timedelta(days=1))


@pytest.mark.parametrize(
    "setting", ["standard_conforming_strings = off", "datestyle = 'SQL, YMD'", "timezone = 'Asia/Kolkata'"]
)
def test_settings_of_the_caller_do_not_matter(db, setting):
    db.execute(f"set local {setting}")
    db.execute("set local escape_string_warning = off")

    assert wait(db, "\t120 ") == timedelta(minutes=2)
    assert wait(db, format_datetime(db.clock.now.astimezone(UTC) + timedelta(hours=1), usegmt=True)) == timedelta(
        hours=1
    )


def test_no_header_asks_for_nothing(db):
    assert wait(db, None) is None
