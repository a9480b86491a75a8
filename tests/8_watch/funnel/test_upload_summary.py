FILE = """Address,City,State,Zip
12 Main St,Los Angeles,CA,90012
12 Main Street,Los Angeles,CA,90012
14 Main St,Los Angeles,CA,90012
no number,Los Angeles,CA,90012
"""


def test_a_file_has_a_row_whose_counts_add_up(db):
    receipt = db.ingest(FILE, source="vendor", file_name="leads.csv")

    with db.acting_as("pipeline_reader"):
        row = db.one("select * from upload_summary")
    assert (row.upload_id, row.source, row.file_name) == (receipt.upload_id, "vendor", "leads.csv")
    assert (row.status, row.outcome, row.bytes) == ("done", "merged", len(FILE))
    assert (row.rows_read, row.rows_new, row.rows_duplicate, row.rows_rejected) == (4, 2, 1, 1)
    assert (row.rows_merged, row.rows_quarantined) == (0, 0)
    assert row.staged_ms >= 0 and row.merged_ms >= 0


def test_a_file_that_was_refused_says_why(db):
    db.ingest('Address,City\n"12 Main St,Los Angeles\n')

    row = db.one("select * from upload_summary")
    assert (row.status, row.outcome, row.rows_read) == ("refused", "unclosed_quote", 0)
    assert "line 2" in row.message


def test_the_rows_of_a_copy_that_runs_are_told_by_the_login_that_began_it_alone(db):
    upload = db.value("select begin_upload('vendor')")

    def rows():
        db.execute("select pg_stat_clear_snapshot()")
        return db.value("select rows_read from upload_summary")

    for name, expected in ((f"pgfunnel {upload} 7", 7), (f"pgfunnel {upload} 1e9", 0), (f"pgfunnel {upload} ", 0)):
        db.execute("select set_config('application_name', %s, true)", (name,))
        assert rows() == expected

    db.execute("select set_config('application_name', %s, true)", (f"pgfunnel {upload} 7",))
    db.execute("update upload_copies set login = 'somebody'")
    assert rows() == 0


def test_a_redriven_line_names_its_letter_and_a_file_none(db):
    db.ingest("mak,first name\n,Ada\n", file_name="leads.csv")
    letter = db.value("select id from pipeline_dlq")
    db.execute('select correct_row(%s, \'{"mak": "0000000001"}\')', (letter,))

    with db.acting_as("pipeline_writer"):
        rows = db.rows("select redrive_of, message from upload_summary order by redrive_of nulls first")
    assert rows == [(None, "The file is merged."), (letter, "Line 2 of leads.csv was redriven.")]
