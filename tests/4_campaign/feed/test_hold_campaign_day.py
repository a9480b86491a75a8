def test_a_day_that_has_not_begun_gets_its_row(db):
    campaign = db.one("select (h).* from (select hold_campaign_day(c.id, '2026-03-09') as h from campaigns as c) as t")

    assert campaign.daily_cap == 250
    assert tuple(db.one("select day::text, cap, fed from campaign_days")) == ("2026-03-09", 250, 0)


def test_a_day_that_has_begun_stays_as_it_is(db, clock):
    db.leads(3, status="queued")
    db.feed()

    db.execute("select hold_campaign_day(id, '2026-03-09') from campaigns")

    assert tuple(db.one("select cap, fed from campaign_days")) == (250, 3)


def test_the_cap_cannot_be_changed_meanwhile(clone, connect):
    holder, owner = connect(), connect()

    with holder.transaction():
        holder.execute("select hold_campaign_day(id, '2026-03-09') from campaigns")
        owner.in_background("update campaigns set daily_cap = 1").wait_until_blocked(clone)
