def test_days_are_those_of_the_campaign_default(db):
    db.execute("update campaigns set timezone = 'America/New_York' where name = 'default'")

    assert db.value("select timezone from funnel_zone") == "America/New_York"


def test_without_that_campaign_they_are_los_angeles_s(db):
    db.execute("update campaigns set name = 'renamed', timezone = 'America/New_York' where name = 'default'")

    assert db.value("select timezone from funnel_zone") == "America/Los_Angeles"
