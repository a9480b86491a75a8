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


def test_a_header_without_a_value_is_not_there(db):
    assert read(db, {"a": None, "b": ""}) == {"b": ""}


@pytest.mark.parametrize("name", ["webhoo\u212a-id", "webhook-\u0130d", "WEBHOOK-ID"])
def test_only_ascii_letters_change_their_case_whatever_the_locale(db, name):
    assert read(db, {name: "1"}) == {name if not name.isascii() else "webhook-id": "1"}


@pytest.mark.parametrize(("size", "taken"), [(65_527, True), (65_528, False), (5_000_000, False)])
def test_more_text_than_a_web_server_takes_is_no_headers(db, size, taken):
    assert (read(db, {"a": "x" * size}) is not None) is taken


def test_without_an_argument_there_are_none(db):
    assert db.value("select read_headers(null)") is None
