def test_a_campaign_shows_its_cap_and_where_its_leads_stand(db):
    db.leads(3, status="queued")
    db.leads(2, status="active")

    with db.acting_as("pipeline_reader"):
        row = db.one("select *, (now() at time zone 'America/Los_Angeles')::date as today from campaign_progress")
    assert (row.campaign, row.day, row.cap, row.fed, row.remaining) == ("default", row.today, 250, 2, 248)
    assert (row.queued, row.active, row.replied, row.booked, row.paused) == (3, 2, 0, 0, False)


def test_yesterday_s_leads_don_t_count_today(db):
    db.leads(2, status="active")
    db.execute("update campaign_days set day = day - 1, last_fed_at = last_fed_at - interval '1 day'")

    row = db.one("select fed, remaining, active from campaign_progress")
    assert row == (0, 250, 2)


def test_a_cap_that_was_lowered_below_what_is_fed_leaves_nothing(db):
    db.leads(2, status="active")
    db.execute("update campaigns set daily_cap = 1, paused = true")

    assert db.one("select cap, fed, remaining, paused from campaign_progress") == (1, 2, 0, True)


def test_campaigns_are_counted_apart_each_on_its_own_day(db):
    db.execute("insert into campaigns (name, timezone) values ('east', 'Pacific/Kiritimati')")
    db.leads(2, status="queued", campaign="east")
    db.leads(1, status="queued")

    rows = db.rows("select campaign, queued, day from campaign_progress order by campaign")
    assert [(row.campaign, row.queued) for row in rows] == [("default", 1), ("east", 2)]
    assert rows[1].day > rows[0].day


def test_what_was_fed_in_these_hours_by_another_zone_s_clock_is_taken_off_the_cap(db):
    db.leads(2, status="active")
    db.execute("update campaign_days set day = day - 1, last_fed_at = now()")

    assert db.one("select cap, fed, remaining from campaign_progress") == (248, 0, 248)


def test_no_cap_is_below_zero(db):
    db.leads(2, status="active")
    db.execute("update campaign_days set day = day - 1, last_fed_at = now()")
    db.execute("update campaigns set daily_cap = 1")

    assert db.one("select cap, fed, remaining from campaign_progress") == (0, 0, 0)
