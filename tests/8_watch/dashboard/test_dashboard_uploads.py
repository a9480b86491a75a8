def test_files_are_listed_with_rows_and_result(db, markup, table):
    db.ingest("Address,City,State,Zip\n12 Main St,Los Angeles,CA,90012\n", source="vendor", file_name="leads.csv")

    (row,) = table(markup(db.value("select dashboard_uploads(clock_timestamp())")))
    assert row[0].startswith("leads.csvvendor, ")
    assert row[1:] == ["1", "merged1\u00a0new"]


def test_the_newest_file_comes_first(db, clock, markup, table):
    db.execute(
        "insert into uploads (source, file_name, status, outcome, received_at)"
        " select 'vendor', n || '.csv', 'done', 'merged', %s - n * interval '1 hour' from unnest(array[2, 1, 3]) as n",
        (clock.now,),
    )

    rows = table(markup(db.value("select dashboard_uploads(%s)", clock.now)))

    assert [row[0].split("vendor")[0] for row in rows] == ["1.csv", "2.csv", "3.csv"]


def test_a_hostile_name_is_only_text(db, markup, table):
    name = "</td><script>alert(1)</script>\u202e&\"'.csv"
    db.execute(
        "insert into uploads (source, file_name, status, outcome, received_at)"
        " values ('<b>x</b>', %s, 'refused', '<i>y</i>', now())",
        (name,),
    )

    page = markup(db.value("select dashboard_uploads(clock_timestamp())"))
    assert page.find(".//script") is None and page.find(".//b") is None
    (row,) = table(page)
    assert row[0].startswith("</td><script>alert(1)</script>\ufffd&\"'.csv<b>x</b>, ")
    assert row[2].startswith("<i>y</i>")


def test_before_the_first_file_it_says_how_to_send_one(db, clock, markup):
    assert "ingest_csv" in markup(db.value("select dashboard_uploads(%s)", clock.now)).find("p").text
