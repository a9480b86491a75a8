def test_a_campaign_is_found_by_its_name(db):
    assert db.value("select (campaign_named('default')).daily_cap") == 250


def test_an_unknown_name_is_told(db):
    with db.refused("PF083"):
        db.execute("select campaign_named('nowhere')")


def test_a_zone_that_nobody_knows_is_not_taken(db):
    with db.refused("22023"):
        db.execute("update campaigns set timezone = 'Nowhere/Town'")
