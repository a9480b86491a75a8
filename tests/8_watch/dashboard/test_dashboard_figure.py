import pytest


def test_a_figure_has_its_label_and_its_state(db, markup):
    item = markup(db.value("select dashboard_figure('12', 'R&D waiting', 'warn')")).find("li")

    assert (item.get("class"), item.find("b").text, item.find("span").text) == ("warn", "12", "R&D waiting")
    assert item.find("i") is None


@pytest.mark.parametrize(("share", "width"), [("0", "0.0%"), ("0.5", "50.0%"), ("1.5", "100.0%")])
def test_a_share_is_drawn_as_a_line_no_longer_than_the_card(db, markup, share, width):
    item = markup(db.value("select dashboard_figure('12', 'fed', null, %s)", share))

    assert item.find("li/i/i").get("style") == f"width:{width}"
