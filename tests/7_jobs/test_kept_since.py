def test_an_interval_is_counted_back_and_forever_has_no_begin(db, clock):
    db.execute("update settings set value = '10 days' where key = 'keep_events'")
    assert (clock.now - db.value("select kept_since('keep_events', %s)", clock.now)).days == 10

    db.execute("update settings set value = 'forever' where key = 'keep_events'")
    assert db.value("select kept_since('keep_events', %s) = '-infinity'", clock.now)


def test_every_kind_has_a_setting_that_is_one(db, clock):
    for row in db.rows("select key from settings where key like 'keep\\_%%'"):
        assert db.value("select kept_since(%s, %s) < %s", row.key, clock.now, clock.now)


def test_a_setting_that_is_lost_is_told(db, clock):
    with db.refused("PF005"):
        db.execute("select kept_since('keep_nothing', %s)", (clock.now,))
