import json

TOTALS = {"replied": 1204, "booked": 7}


def figures(db, clock, markup, statuses=("ok",)):
    checks = json.dumps([{"status": status} for status in statuses])
    list_of_figures = markup(db.value("select dashboard_figures(%s, %s, %s)", clock.now, json.dumps(TOTALS), checks))
    items = list_of_figures.findall("ul/li")
    return {item.find("span").text: ("".join(item.find("b").itertext()), item.get("class")) for item in items}


def test_the_day_s_cap_the_queue_and_what_came_of_it(db, clock, markup):
    db.leads(5, status="queued")
    db.execute("update campaigns set daily_cap = 3")
    db.feed()
    db.execute("insert into pipeline_dlq (source, payload, reason) values ('upload', '{}', 'no key')")

    shown = figures(db, clock, markup)
    assert shown["fed today"] == ("3 / 3", "good")
    assert shown["queued for the next days"] == ("2", "")
    assert shown["replied, 30 days"] == ("1,204", "")
    assert shown["booked, 30 days"] == ("7", "")
    assert shown["dead letters waiting"] == ("1", "warn")


def test_health_is_one_figure(db, clock, markup):
    assert figures(db, clock, markup, ["ok", "ok"])["checks, all pass"] == ("2", "good")
    assert figures(db, clock, markup, ["ok", "warn"])["of 2 checks need a look"] == ("1", "warn")
    assert figures(db, clock, markup, ["fail", "warn"])["of 2 checks need a look"] == ("2", "fail")


def test_without_a_campaign_there_is_still_a_page(db, clock, markup):
    db.execute("delete from campaigns")

    assert figures(db, clock, markup)["fed today"] == ("0 / 0", "")
