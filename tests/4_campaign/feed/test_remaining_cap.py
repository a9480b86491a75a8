REMAINING = "select remaining_cap(c, '2026-03-09') from campaigns as c"


def test_a_day_that_has_not_begun_has_its_whole_cap(db):
    assert db.value(REMAINING) == 250


def test_what_is_fed_is_taken_off(db, clock):
    db.leads(5, status="queued")
    db.feed()

    assert db.value(REMAINING) == 245


def test_a_cap_lowered_below_what_is_fed_leaves_nothing(db, clock):
    db.leads(5, status="queued")
    db.feed()

    db.execute("update campaigns set daily_cap = 3")

    assert db.value(REMAINING) == 0
