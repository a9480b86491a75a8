import json

import pytest


@pytest.mark.parametrize(
    "fields, name",
    [
        ({"first_name": "Ada", "last_name": "Lead"}, "adalead"),
        ({"full_name": "ADA  LEAD"}, "adalead"),
        ({"first_name": "Ada", "last_name": "O'Lead-Byron"}, "adaoleadbyron"),
        ({"first_name": "", "full_name": "Ada Lead"}, "adalead"),
        ({"phones": []}, None),
        ({"full_name": " - "}, None),
    ],
)
def test_a_name_is_its_letters(db, fields, name):
    assert db.value("select person_name(%s)", json.dumps(fields)) == name


def test_no_document_has_no_name(db):
    assert db.value("select person_name(null)") is None
