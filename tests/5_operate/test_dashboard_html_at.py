from xml.etree import ElementTree


def test_it_speaks_of_the_day_that_is_asked_for(db, clock, table):
    db.leads(5, status="queued")
    db.execute("update campaigns set daily_cap = 3")
    clock.set("2026-03-09 06:00")
    db.feed()

    for fed in ("3 / 3", "0 / 3"):
        page = ElementTree.fromstring(db.value("select dashboard_html_at(%s)", clock.now))
        assert "".join(page.find(".//ul[@class='figures']/li/b").itertext()) == fed
        assert table(page.find(".//section[@id='campaigns']"))[0][1] == fed
        clock.move(days=1)


def test_it_is_drawn_with_nothing_in_the_database(db, clock):
    db.execute("delete from campaigns")
    db.execute("delete from jobs")

    ElementTree.fromstring(db.value("select dashboard_html_at(%s)", clock.now))
