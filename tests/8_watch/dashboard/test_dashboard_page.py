import re
from xml.etree import ElementTree


def page(db):
    return db.value("select dashboard_page('A & B', '<p>body</p>')")


def test_it_is_a_well_formed_document_with_title_and_body(db):
    root = ElementTree.fromstring(page(db))

    assert root.find("head/title").text == "A & B · funnel"
    assert root.find("body/main/p").text == "body"


def test_its_policy_forbids_scripts_and_all_that_is_elsewhere(db):
    root = ElementTree.fromstring(page(db))

    policy = root.find("head/meta[@http-equiv='Content-Security-Policy']").get("content")
    assert policy.startswith("default-src 'none';")
    assert "script-src" not in policy
    assert not re.search(r"https?:|url\(|@import|<script", page(db))
