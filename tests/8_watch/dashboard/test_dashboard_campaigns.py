def test_each_campaign_has_its_cap_and_its_leads(db, clock, markup, table):
    db.execute("insert into campaigns (name, daily_cap, paused) values ('<east>', 10, true)")
    db.leads(3, status="queued")
    db.execute("update campaigns set daily_cap = 2 where name = 'default'")
    db.feed()

    assert table(markup(db.value("select dashboard_campaigns(%s)", clock.now))) == [
        ["<east> paused", "0 / 10", "0", "0", "0", "0"],
        ["default", "2 / 2", "1", "2", "0", "0"],
    ]


def test_without_a_campaign_it_says_so(db, clock, markup):
    db.execute("delete from campaigns")

    assert markup(db.value("select dashboard_campaigns(%s)", clock.now)).find("p") is not None
