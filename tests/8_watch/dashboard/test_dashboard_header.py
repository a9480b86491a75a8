def test_it_says_which_schema_and_as_of_when(db, clock, markup):
    now = clock.set("2026-03-09 06:00")
    header = markup(db.value("select dashboard_header(%s)", now))

    assert "".join(header.find("header/p").itertext()) == "schema funnel, as of Mon 9 Mar 06:00, Los Angeles"
    assert header.find(".//time").get("datetime") == "2026-03-09T13:00:00Z"
