FILE = "Address,City,State,Zip\n{n} Main St,Los Angeles,CA,90012\n{n} Main Street,Los Angeles,CA,90012\n"


def test_a_file_is_shown_with_what_became_of_its_rows(db):
    db.ingest(FILE.format(n=12), source="vendor", file_name="leads.csv")

    row = db.one("select * from dashboard_arrivals(clock_timestamp())")
    assert (row.name, row.source, row.rows_read) == ("leads.csv", "vendor", 2)
    assert (row.status, row.outcome) == ("done", "merged")
    assert row.parts.replace("\u00a0", " ") == "1 new, 1 duplicate"


def test_a_message_that_was_refused_before_it_was_read_is_shown_too(db):
    db.execute("select receive_upload('x', '{\"x-pgfunnel-source\": \"vendor\"}')")

    row = db.one("select * from dashboard_arrivals(clock_timestamp())")
    assert (row.source, row.status, row.outcome) == ("vendor", "refused", "bad_headers")


def test_a_refused_file_is_shown_once(db):
    db.ingest('Address,City\n"12 Main St\n')

    assert db.value("select count(*) from dashboard_arrivals(clock_timestamp())") == 1


def test_the_last_ten_are_shown_the_newest_first(db, clock):
    for n in range(12):
        db.execute(
            "insert into uploads (source, file_name, status, received_at) values ('vendor', %s, 'done', %s)",
            (f"{n}.csv", clock.move(minutes=1)),
        )

    names = [row.name for row in db.rows("select name from dashboard_arrivals(%s)", clock.now)]
    assert names == [f"{n}.csv" for n in range(11, 1, -1)]


def test_a_line_that_was_redriven_is_no_arrival(db):
    db.ingest("mak,first name\n,Ada\n")
    db.execute('select correct_row(id, \'{"mak": "0000000001"}\') from pipeline_dlq')

    assert db.value("select parts from dashboard_arrivals(clock_timestamp())").endswith("rejected")
