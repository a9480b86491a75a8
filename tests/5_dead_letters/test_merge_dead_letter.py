import pytest

MERGE = "select m.* from pipeline_dlq as q cross join merge_dead_letter(q, stage_dead_letter(q), now()) as m"


def test_a_row_that_can_be_placed_by_now_is_an_upload_of_its_own(db, conflict):
    db.execute("update leads set addr_hash = null")

    merged = db.one(MERGE)

    assert (merged.outcome, merged.message) == ("redriven", "the row is merged")
    upload = db.one("select * from uploads where id = %s", merged.upload_id)
    assert (upload.source, upload.file_name, upload.status) == ("test", "vendor.csv", "done")
    assert (upload.rows_read, upload.rows_merged) == (1, 1)
    assert (upload.redrive_of, upload.message) == (conflict.id, "Line 2 of vendor.csv was redriven.")
    row = db.one("select line_number, outcome, lead_id from upload_rows where upload_id = %s", merged.upload_id)
    assert row == (2, "merged", merged.lead_id)
    assert db.value("select outcome from upload_rows where upload_id = %s", conflict.upload_id) == "quarantined"


@pytest.fixture
def state(db):
    """Everything that a merge writes."""
    return lambda: [
        db.rows(f"select * from {table}")
        for table in ("uploads", "upload_rows", "leads", "lead_contacts", "leads_staging", "pipeline_events")
    ]


def test_a_row_that_conflicts_again_leaves_no_trace_but_in_its_letter(db, conflict, state):
    before = state()

    merged = db.one(MERGE)

    assert (merged.outcome, merged.lead_id, merged.upload_id) == ("waiting", None, None)
    assert merged.message.startswith("its keys point at different leads, made or still to be made: ")
    assert state() == before


def test_a_row_that_is_rejected_again_is_not_merged(db, letters, state):
    letters({"first name": "Ada"})
    before = state()

    merged = db.one(MERGE)

    assert (merged.outcome, merged.message[:19]) == ("waiting", "the line has no key")
    assert state() == before
