import psycopg
import pytest


def test_the_counts_add_up_and_the_upload_is_done(db, merge):
    receipt = merge({"mak": "0000000001"}, {"mak": "0000000001"}, {})

    upload = db.one("select * from uploads")
    assert (upload.status, upload.outcome) == ("done", "merged")
    assert (upload.rows_read, upload.rows_new, upload.rows_duplicate, upload.rows_rejected) == (3, 1, 1, 1)
    assert upload.merged_ms >= 0 and upload.finished_at is not None
    assert receipt.rows_read == 3


def test_counts_that_do_not_add_up_are_refused_by_the_table(db, merge):
    merge({"mak": "0000000001"})

    with pytest.raises(psycopg.errors.CheckViolation), db.transaction():
        db.execute("update uploads set rows_new = rows_new + 1")
