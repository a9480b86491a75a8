import pytest
from hypothesis import given
from hypothesis import strategies as st


def is_timely(db, seconds):
    return db.value("select is_timely(%s, %s)", seconds, db.clock.now)


@given(st.integers(-1000, 1000))
def test_within_five_minutes_before_or_after(db, off):
    assert is_timely(db, str(int(db.clock.now.timestamp()) + off)) == (abs(off) <= 300)


def test_the_tolerance_is_a_setting(db, clock):
    db.execute("update settings set value = '1 min' where key = 'signature_tolerance'")

    assert is_timely(db, str(int(clock.now.timestamp()) - 60))
    assert not is_timely(db, str(int(clock.now.timestamp()) - 61))


@pytest.mark.parametrize("seconds", [None, "", "-1", "1e9", " 1773061200", "1773061200.0", "9" * 12, "now"])
def test_what_is_no_time_is_not_timely(db, seconds):
    assert is_timely(db, seconds) is False
