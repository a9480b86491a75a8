import json

CHECKS = [
    {"check_name": "sealing", "status": "ok", "detail": "2 keys", "hint": None},
    {"check_name": "key_provider", "status": "warn", "detail": "<local>", "hint": "guard it"},
    {"check_name": "jobs_failed", "status": "fail", "detail": "feed failed", "hint": "mend it"},
]


def test_what_fails_comes_first_with_what_to_do_and_what_passes_is_folded_away(db, markup):
    page = markup(db.value("select dashboard_health(%s)", json.dumps(CHECKS)))

    assert ["".join(item.itertext()) for item in page.findall("ul/li")] == [
        "jobs failed failfeed failedmend it",
        "key provider warn<local>guard it",
    ]
    assert page.find("details/summary").text == "1 check passes"
    assert "".join(page.find("details/ul/li").itertext()) == "sealing ok2 keys"


def test_with_nothing_to_do_there_is_only_the_folded_list(db, markup):
    page = markup(db.value("select dashboard_health(%s)", json.dumps(CHECKS[:1])))

    assert page.find("ul") is None
    assert page.find("details/ul/li") is not None
