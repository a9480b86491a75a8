import pytest


@pytest.mark.parametrize(("attempts", "limit"), [(1, 60), (2, 120), (5, 960), (15, 6 * 3600), (100, 6 * 3600)])
def test_the_wait_is_anything_up_to_a_limit_that_doubles(db, attempts, limit):
    waits = [row[0].total_seconds() for row in db.rows("select retry_delay(%s) from generate_series(1, 400)", attempts)]

    assert 0 <= min(waits) < limit * 0.1
    assert limit * 0.9 < max(waits) <= limit
