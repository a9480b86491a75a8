def test_codes_that_no_map_knows_are_named_with_their_provider(db):
    (lead,) = db.leads(1, verified=False)
    for codes in ("{PS01}", "{XX77}", "{XX77,YY88}"):
        db.execute("select record_verification(%s, 'phone', 'melissa', %s)", (lead, codes))

    row = db.one("select * from health_of_codes(clock_timestamp())")
    assert row.status == "warn"
    assert row.detail == "unknown: melissa XX77 (2 answers), melissa YY88 (1 answer)"


def test_known_codes_are_fine(db):
    (lead,) = db.leads(1)
    db.execute("select record_verification(%s, 'phone', 'melissa', '{PS01}')", (lead,))

    assert db.one("select * from health_of_codes(clock_timestamp())").status == "ok"


def test_only_answers_of_the_last_day_are_looked_at(db, event, clock):
    event("verified", service="melissa", detail='{"unknown_codes": ["XX77"]}')

    assert db.one("select * from health_of_codes(%s)", clock.now).status == "warn"
    assert db.one("select * from health_of_codes(%s)", clock.move(days=1)).status == "ok"
    assert db.one("select * from health_of_codes(%s)", clock.move(days=-1, seconds=-1)).status == "ok"


def test_what_somebody_logged_by_hand_does_not_break_it(db, event, clock):
    event("verified", detail='{"unknown_codes": "XX77"}')

    assert db.one("select * from health_of_codes(%s)", clock.now).status == "ok"


def test_a_code_that_the_map_knows_by_now_is_not_named_any_more(db):
    (lead,) = db.leads(1, verified=False)
    db.execute("select record_verification(%s, 'phone', 'melissa', '{XX77}')", (lead,))

    db.execute(
        "insert into verification_code_map (provider, channel, code, effect, meaning)"
        " values ('melissa', 'phone', 'XX77', 'info', 'new')"
    )

    assert db.one("select * from health_of_codes(clock_timestamp())").status == "ok"
