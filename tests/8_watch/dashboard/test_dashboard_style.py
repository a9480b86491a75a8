import re


def test_every_colour_of_the_light_page_has_one_for_the_dark(db):
    light, dark = re.findall(r":root \{(.*?)\}", db.value("select dashboard_style()"), re.S)

    assert re.findall(r"--[\w-]+(?=:)", light) == re.findall(r"--[\w-]+(?=:)", dark)


def luminance(colour):
    def linear(value):
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_text_stands_out_from_what_is_behind_it(db):
    """WCAG 2.1, 1.4.3: a contrast of 4.5 to 1."""
    for palette in re.findall(r":root \{(.*?)\}", db.value("select dashboard_style()"), re.S):
        colours = dict(re.findall(r"--([\w-]+): (#\w{6})", palette))
        pairs = [(ink, paper) for ink in ("ink", "quiet") for paper in ("page", "card")]
        pairs += [(ink, paper) for ink in ("green", "amber", "red") for paper in ("card", f"{ink}-pale")]
        for ink, paper in pairs:
            lighter, darker = sorted((luminance(colours[ink]), luminance(colours[paper])), reverse=True)
            assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (ink, paper)
