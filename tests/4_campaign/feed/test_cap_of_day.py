CAP = "select cap_of_day(c, '2026-03-10') from campaigns as c"


def fed(db, day, last_fed_at):
    db.execute(
        "insert into campaign_days (campaign_id, day, cap, fed, last_fed_at) select id, %s, 250, 20, %s from campaigns",
        (day, last_fed_at),
    )


def test_it_is_the_campaign_s_whatever_was_fed_that_day(db):
    fed(db, "2026-03-10", "2026-03-10 06:00 America/Los_Angeles")
    fed(db, "2026-03-09", "2026-03-09 23:59 America/Los_Angeles")

    assert db.value(CAP) == 250


def test_what_another_day_counts_that_lies_within_this_one_is_taken_off(db):
    fed(db, "2026-03-09", "2026-03-10 00:01 America/Los_Angeles")
    fed(db, "2026-03-11", "2026-03-10 23:59 America/Los_Angeles")

    assert db.value(CAP) == 210


def test_other_campaigns_do_not_count(db):
    fed(db, "2026-03-09", "2026-03-10 06:00 America/Los_Angeles")
    db.execute("insert into campaigns (name, daily_cap) values ('second', 7)")

    assert db.value(CAP + " where c.name = 'second'") == 7
