def check(db, now):
    return db.one("select * from health_of_feed(%s)", now)


def test_the_day_s_cap_is_told_by_campaign(db, clock):
    db.execute("insert into campaigns (name, daily_cap) values ('east', 10)")
    db.leads(3, status="queued")
    db.feed()

    row = check(db, clock.now)
    assert (row.status, row.detail) == ("ok", "default: 3 of 250 fed today; east: 0 of 10 fed today")


def test_a_paused_campaign_is_warned_of(db, clock):
    db.execute("update campaigns set paused = true")

    row = check(db, clock.now)
    assert (row.status, row.detail) == ("warn", "default: 0 of 250 fed today, paused")


def test_no_campaign_at_all_is_said(db, clock):
    db.execute("delete from campaigns")

    assert check(db, clock.now).status == "warn"


def test_an_empty_queue_is_warned_of_while_contactable_leads_are_new(db, clock):
    db.leads(2, status="new")
    assert check(db, clock.now).status == "ok"
    db.execute("call refresh_contactable_leads()")

    row = check(db, clock.now)
    assert (row.status, row.detail) == ("warn", "default: 0 of 250 fed today, nobody queued")
    assert "queue_leads" in row.hint

    db.execute("select queue_leads('default', 1)")
    assert check(db, clock.now).status == "ok"


def test_an_empty_queue_is_no_matter_once_the_cap_is_used_up(db, clock):
    db.leads(2, status="queued")
    db.execute("update campaigns set daily_cap = 2")
    db.leads(1, status="new")
    db.feed()
    db.execute("call refresh_contactable_leads()")

    assert check(db, clock.now).status == "ok"


def test_a_campaign_that_is_ended_by_a_cap_of_zero_is_not_warned_of(db, clock):
    db.leads(1, status="new")
    db.execute("update campaigns set daily_cap = 0")
    db.execute("call refresh_contactable_leads()")

    assert check(db, clock.now).status == "ok"
