import json

import pytest

MARKS = ["2015550100", "ada@example.com"]


@pytest.mark.parametrize(
    "document, speaks",
    [
        ({"from": "+12015550100"}, True),
        ({"a": [{"b": "call (201) 555-0100 back"}]}, True),
        ({"a": 12015550100}, True),
        ({"mail": "Ada <ADA@example.com>"}, True),
        ({"from": "+12015550101", "mail": "eda@example.org"}, False),
        ({"a": "201555", "b": "0100"}, False),
        ({"ada@example.com": True}, False),
        ("2015550100", True),
        ([], False),
    ],
)
def test_a_document_speaks_of_who_stands_in_a_value_of_it(db, document, speaks):
    assert db.value("select mentions_person(%s, %s)", json.dumps(document), MARKS) is speaks


def test_no_document_speaks_of_nobody(db):
    assert db.value("select mentions_person(null, %s)", MARKS) is False
