def test_a_file_that_is_not_finished_is_warned_of_after_a_while(db):
    upload = db.value("select begin_upload('vendor', 'big.csv')")

    assert db.one("select * from health_of_copies(now() + interval '5 h')").status == "ok"
    row = db.one("select * from health_of_copies(now() + interval '7 h')")
    assert (row.check_name, row.status) == ("unfinished_uploads", "warn")
    assert row.detail == f"1 file waits to be finished for more than 6 h, the oldest {upload}"
    assert "discard_upload" in row.hint


def test_how_long_is_a_setting(db):
    db.execute("select begin_upload('vendor')")
    db.execute("update settings set value = '3 days' where key = 'unfinished_upload_after'")

    assert db.one("select * from health_of_copies(now() + interval '2 days')").status == "ok"


def test_one_that_was_finished_or_discarded_is_not(db):
    db.execute("select discard_upload(begin_upload('vendor'))")
    db.execute("select finish_upload(begin_upload('vendor'))")

    assert db.one("select * from health_of_copies(now() + interval '7 h')").status == "ok"


def test_pipeline_health_has_it(db):
    assert db.rows("select from pipeline_health() where check_name = 'unfinished_uploads'")
