import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

NAME = st.text("abCD-é", min_size=1, max_size=6)


def read(db, headers):
    return db.value("select read_headers(%s::jsonb)", json.dumps(headers))


@given(st.dictionaries(NAME, st.text("xy ", max_size=4), max_size=5))
def test_names_are_lower_case_and_none_is_there_twice(db, headers):
    lower = {name.lower(): value for name, value in headers.items()}

    assert read(db, headers) == (lower if len(lower) == len(headers) else None)


@pytest.mark.parametrize("headers", [None, [], ["a"], "a", 1, True])
def test_what_is_no_object_has_no_headers(db, headers):
    assert read(db, headers) is None


def test_without_an_argument_there_are_none(db):
    assert db.value("select read_headers(null)") is None
