import psycopg
import pytest


def test_an_unknown_upload_is_an_error(db):
    for upload in ("00000000-0000-0000-0000-000000000000", None):
        with db.refused("PF041"):
            db.execute("select check_merged_upload(%s)", (upload,))


def test_an_upload_that_was_refused_or_is_being_received_is_an_error(db, stage):
    refused = db.ingest("")

    for upload in (refused.upload_id, stage({"mak": "0000000001"})):
        with db.refused("PF042"):
            db.execute("select check_merged_upload(%s)", (upload,))


def test_an_upload_whose_lines_are_purged_is_an_error(db, merge):
    receipt = merge({"mak": "0000000001"})
    db.execute("select check_merged_upload(%s)", (receipt.upload_id,))

    db.execute("delete from upload_rows")

    with db.refused("PF043"):
        db.execute("select check_merged_upload(%s)", (receipt.upload_id,))


def test_an_upload_without_rows_is_merged_all_the_same(db, merge):
    db.execute("select check_merged_upload(%s)", (merge().upload_id,))


def test_an_upload_that_is_still_receiving_is_finished_or_discarded(db):
    upload = db.value("select begin_upload('vendor')")

    with pytest.raises(psycopg.Error) as caught, db.transaction():
        db.execute("select check_merged_upload(%s)", (upload,))

    assert "finish_upload or discard_upload" in caught.value.diag.message_hint
