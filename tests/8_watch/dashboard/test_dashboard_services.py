def test_calls_of_thirty_days_are_summed_by_class(db, event, clock, markup, table):
    today = db.value("select (now() at time zone 'America/Los_Angeles')::date")
    clock.set(f"{today} 12:00")
    for status, duration in ((200, 40), (429, 50), (500, 60), (None, 3000)):
        event("api", service="<vapi>", http_status=status, duration_ms=duration)
    clock.move(days=-1)
    event("api", service="<vapi>", http_status=200, duration_ms=5000)
    clock.move(days=-31)
    event("api", service="<vapi>", http_status=200, duration_ms=9000)

    rows = table(markup(db.value("select dashboard_services(%s)", clock.set(f"{today} 13:00"))))
    assert rows == [["<vapi>", "5", "2", "1", "1", "1", "5,000"]]


def test_only_what_went_wrong_is_marked(db, event, clock, markup):
    clock.now = db.value("select now()")
    event("api", service="a", http_status=503)
    event("api", service="b", http_status=429)

    page = markup(db.value("select dashboard_services(%s)", clock.now))

    rows = [[cell.get("class") for cell in row.findall("td")] for row in page.findall(".//tbody/tr")]
    assert [(classes[2].split(), classes[3].split()) for classes in rows] == [
        (["n"], ["n", "fail"]),
        (["n", "warn"], ["n"]),
    ]


def test_without_calls_it_says_how_to_record_them(db, clock, markup):
    assert "record_api_call" in markup(db.value("select dashboard_services(%s)", clock.now)).find("p").text
