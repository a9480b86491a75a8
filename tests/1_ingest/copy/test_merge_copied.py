"""A file that was copied in to its end, merged once."""

MERGE = "select * from merge_copied(%s, clock_timestamp())"
STAGE = "select stage_copied(%s, true, clock_timestamp())"


def test_its_content_is_guarded_and_it_is_merged(db, copier):
    copier.begin("vendor").copy(b"MAK\n0000000001\n")
    db.execute(STAGE, (copier.upload,))

    receipt = db.one(MERGE, copier.upload)

    assert (receipt.status, receipt.upload_id, receipt.rows_new) == (200, copier.upload, 1)
    guard = db.one("select g.source, g.upload_id, u.content_sha256 = g.content_sha256 as same"
                   "  from ingest_replay_guard as g join uploads as u on u.id = g.upload_id")  # fmt: skip
    assert guard == ("vendor", copier.upload, True)


def test_content_that_was_merged_leaves_no_second_upload(db, copier):
    first = copier.send(b"MAK\n0000000001\n")
    copier.begin().copy(b"MAK\n0000000001\n")
    db.execute(STAGE, (copier.upload,))

    assert db.one(MERGE, copier.upload) == first
    assert [row.id for row in db.rows("select id from uploads")] == [first.upload_id]
    for table in ("leads_staging", "upload_copies"):
        assert db.rows(f"select from {table}") == []


def test_one_that_was_refused_is_not_merged(db, copier):
    copier.begin().copy(b"colour\nred\n")

    assert db.value("select merge_copied(%s, clock_timestamp()) is null", copier.upload)
    assert db.rows("select from ingest_replay_guard") == []
