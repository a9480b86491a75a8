import json

TOTALS = {
    "rows_received": 2000, "leads_new": 1500, "verified": 900, "consented": 0, "queued": 300, "fed": 450,
    "delivered": 400, "replied": 4, "booked": 1,
}  # fmt: skip


def test_each_stage_has_its_leads_and_its_share_of_the_stage_before(db, markup, table):
    rows = table(markup(db.value("select dashboard_funnel(%s)", json.dumps(TOTALS))))

    assert [row[:3] for row in rows] == [
        ["Rows received", "2,000", "–"],
        ["New leads", "1,500", "75.0 %"],
        ["Verified", "900", "60.0 %"],
        ["Consented", "0", "0.0 %"],
        ["Queued", "300", "–"],
        ["Fed", "450", "150.0 %"],
        ["Delivered", "400", "88.9 %"],
        ["Replied", "4", "1.0 %"],
        ["Booked", "1", "25.0 %"],
    ]


def test_the_longest_bar_is_the_largest_stage_and_nothing_has_none(db, markup):
    rows = markup(db.value("select dashboard_funnel(%s)", json.dumps(TOTALS))).find(".//tbody")
    bars = [row.find("td[@class='bar']/i") for row in rows]

    assert bars[0].get("style") == "width:100.00%"
    assert bars[1].get("style") == "width:75.00%"
    assert bars[3] is None


def test_an_empty_funnel_is_drawn_too(db, markup, table):
    rows = table(markup(db.value("select dashboard_funnel(%s)", json.dumps(dict.fromkeys(TOTALS, 0)))))

    assert {tuple(row[1:3]) for row in rows} == {("0", "–")}
