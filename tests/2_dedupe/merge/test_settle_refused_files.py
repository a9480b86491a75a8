GOOD = "mak\n0000000001\n"


def states(db):
    return [row[0] for row in db.rows("select state from pipeline_dlq order by id")]


def test_a_mended_file_of_the_name_discards_the_letters_of_those_refused(db):
    for broken in ("this,is\nno,file", 'mak\n"1'):
        db.ingest(broken, file_name="leads.csv")

    db.ingest(GOOD, file_name="leads.csv")

    assert states(db) == ["discarded", "discarded"]
    assert {r[0] for r in db.rows("select last_error from pipeline_dlq")} == {"A file of this name was merged."}
    assert db.value("select count(*) from pipeline_events where stage = 'dlq'") == 2


def test_another_name_another_source_no_name_and_rows_are_left(db):
    db.ingest("no file", file_name="other.csv")
    db.ingest("no file", source="other", file_name="leads.csv")
    db.ingest("no file at all", file_name=None)
    db.ingest("mak,first name\n,Ada\n", file_name="leads.csv")

    db.ingest(GOOD, file_name="leads.csv")
    db.ingest("mak\n0000000002\n", file_name=None)

    assert states(db) == ["waiting"] * 4


def test_a_row_of_such_a_file_that_is_redriven_is_no_file(db):
    db.ingest("mak,first name\n,Ada\n", file_name="leads.csv")
    row = db.value("select id from pipeline_dlq")
    db.ingest("no file", file_name="leads.csv")

    db.execute('select correct_row(%s, \'{"mak": "0000000001"}\')', (row,))

    assert states(db) == ["redriven", "waiting"]


def test_a_letter_that_somebody_works_on_is_not_waited_for(clone, connect):
    clone.ingest("no file", file_name="leads.csv")
    other = connect()

    with other.transaction():
        other.execute("select from pipeline_dlq for update")
        assert clone.ingest(GOOD, file_name="leads.csv").outcome == "merged"

    assert states(clone) == ["waiting"]
