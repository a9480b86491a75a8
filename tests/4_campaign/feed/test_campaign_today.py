def test_a_campaign_has_the_day_of_its_own_zone(db, clock):
    db.execute("insert into campaigns (name, timezone, daily_cap) values ('east', 'Asia/Tokyo', 10)")
    now = clock.set("2026-03-09 20:00")

    rows = db.rows("select name, day::text, cap, fed from campaign_today(%s) order by name", now)
    assert rows == [("default", "2026-03-09", 250, 0), ("east", "2026-03-10", 10, 0)]


def test_what_was_fed_on_that_day_is_told_with_the_cap_as_it_is_now(db, clock):
    db.execute("insert into campaign_days (campaign_id, day, cap, fed) select id, '2026-03-09', 100, 40 from campaigns")

    assert db.one("select cap, fed from campaign_today(%s)", clock.now) == (250, 40)
    assert db.one("select cap, fed from campaign_today(%s)", clock.move(days=1)) == (250, 0)


def test_the_cap_is_the_one_that_holds_after_a_change_of_zone(db, clock):
    db.execute(
        "insert into campaign_days (campaign_id, day, cap, fed, last_fed_at)"
        " select id, '2026-03-09', 250, 40, '2026-03-09 20:00 UTC' from campaigns"
    )
    now = clock.set("2026-03-09 20:30")
    db.execute("update campaigns set timezone = 'Pacific/Auckland'")

    assert db.one("select day::text, cap, fed from campaign_today(%s)", now) == ("2026-03-10", 210, 0)
    db.execute("update campaigns set daily_cap = 30")
    assert db.value("select cap from campaign_today(%s)", now) == 0
