def loosen(db):
    """Checks as an existing table gets them: for new and changed rows only."""
    db.execute("alter table leads drop constraint consent_requires_timestamp, drop constraint lead_score_range")
    db.execute("insert into leads (consent, lead_score) values (true, 50), (true, 120), (false, 300)")
    db.execute(
        """
        alter table leads
          add constraint consent_requires_timestamp check (consent = false or consented_at is not null) not valid,
          add constraint lead_score_range check (lead_score between 0 and 100) not valid
        """
    )


def test_checks_that_hold_for_all_rows_are_fine(db):
    assert db.one("select * from health_of_constraints()").status == "ok"


def test_rows_that_break_a_check_are_counted(db):
    loosen(db)

    row = db.one("select * from health_of_constraints()")
    assert row.status == "warn"
    assert row.detail == "consent_requires_timestamp: 2 rows break it; lead_score_range: 2 rows break it"


def test_the_hint_is_what_mends_it_once_the_rows_are_corrected(db):
    loosen(db)
    hint = db.one("select * from health_of_constraints()").hint
    db.execute("update leads set consented_at = now(), lead_score = 50")

    db.execute(hint.split("then: ")[1])

    assert db.one("select * from health_of_constraints()").status == "ok"
