import pytest


@pytest.fixture
def feed(db, clock, markup):
    db.execute(
        "insert into campaign_days (campaign_id, day, cap, fed) select id, d.day, 250, d.fed from campaigns"
        " cross join (values ('2026-03-05'::date, 250), ('2026-03-06', 125)) as d (day, fed)"
    )
    clock.set("2026-03-09 06:00")
    return lambda: markup(db.value("select dashboard_feed(%s)", clock.now))


def test_the_height_of_a_bar_is_its_share_of_the_cap(feed):
    bars = {
        day.find("title").text: [(bar.get("class"), float(bar.get("height"))) for bar in day.findall("rect")]
        for day in feed().findall(".//g")
    }

    assert bars["Thu 5 Mar: 250 of 250 fed"] == [("room", 150), ("full", 150)]
    assert bars["Fri 6 Mar: 125 of 250 fed"] == [("room", 150), ("fed", 75)]
    assert bars["Sat 7 Mar: 0 of 0 fed"] == [("room", 0), ("fed", 0)]
    assert len(bars) == 30


def test_the_picture_is_told_in_words_and_as_a_table(feed, table):
    page = feed()

    assert page.find(".//svg").get("aria-labelledby") == "feed-name feed-words"
    assert page.find(".//desc").text == "375 fed in 30 days; the cap was reached on 1 day."
    assert table(page) == [["Mon 9 Mar", "0", "250"], ["Fri 6 Mar", "125", "250"], ["Thu 5 Mar", "250", "250"]]


def test_no_bar_leaves_the_picture(feed):
    for bar in feed().findall(".//rect"):
        assert 0 <= float(bar.get("x").rstrip("%")) <= 97.5
        assert float(bar.get("y")) + float(bar.get("height")) == pytest.approx(155)


@pytest.mark.parametrize(
    "change", ["update campaigns set daily_cap = 0", "delete from campaign_days; delete from campaigns"]
)
def test_without_a_cap_or_a_campaign_it_is_still_drawn(db, feed, change):
    db.execute(change)

    assert feed().find(".//svg") is not None
