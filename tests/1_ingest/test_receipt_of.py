from uuid import uuid4


def test_it_is_what_the_upload_s_row_says(db):
    receipt = db.ingest("mak\n0000000001\n0000000001\n\nx\n")

    assert db.one("select * from receipt_of(%s)", receipt.upload_id) == receipt
    assert (receipt.status, receipt.rows_read, receipt.rows_new) == (200, 3, 1)
    assert (receipt.rows_merged, receipt.rows_duplicate, receipt.rows_rejected, receipt.rows_quarantined) == (
        0,
        1,
        1,
        0,
    )


def test_the_status_may_be_another(db):
    receipt = db.ingest("mak\n0000000001\n")

    assert db.value("select (receipt_of(%s, 413)).status", receipt.upload_id) == 413


def test_an_unknown_upload_has_none(db):
    assert db.value("select receipt_of(%s) is null", uuid4())
