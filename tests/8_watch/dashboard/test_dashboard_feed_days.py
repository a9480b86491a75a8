def days(db, now):
    return {row.day.isoformat(): (row.cap, row.fed) for row in db.rows("select * from dashboard_feed_days(%s)", now)}


def ledger(db, day, cap, fed):
    db.execute(
        "insert into campaign_days (campaign_id, day, cap, fed) select id, %s, %s, %s from campaigns", (day, cap, fed)
    )


def test_thirty_days_with_the_cap_of_their_time(db, clock):
    ledger(db, "2026-03-05", 100, 60)

    shown = days(db, clock.set("2026-03-09 06:00"))
    assert len(shown) == 30
    assert max(shown) == "2026-03-09"
    assert shown["2026-03-05"] == (100, 60)


def test_a_weekday_after_the_first_feed_without_one_shows_what_was_missed(db, clock):
    ledger(db, "2026-03-05", 250, 60)

    shown = days(db, clock.set("2026-03-09 06:00"))
    assert shown["2026-03-06"] == (250, 0)
    assert shown["2026-03-07"] == shown["2026-03-08"] == (0, 0)
    assert shown["2026-03-04"] == (0, 0)
    assert shown["2026-03-09"] == (250, 0)


def test_today_s_cap_is_the_one_that_the_feed_goes_by(db, clock):
    ledger(db, "2026-03-09", 250, 60)
    db.execute("update campaigns set daily_cap = 300")

    assert days(db, clock.now)["2026-03-09"] == (300, 60)
