def test_a_section_is_named_by_its_heading(db, markup):
    page = markup(db.value("select dashboard_section('funnel', 'A & B', 'what it is', '<p>body</p>')"))
    section = page.find("section")

    assert section.get("aria-labelledby") == section.find("header/h2").get("id")
    assert section.find("header/h2").text == "A & B"
    assert section.find("p").text == "body"
