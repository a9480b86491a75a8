import json

from hypothesis import given
from hypothesis import strategies as st

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.text("abcxyz ", max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3),
    max_leaves=10,
)


@given(JSON)
def test_what_names_nobody_stays_as_it_is(db, value):
    assert db.value("select mask_detail(%s::jsonb)", json.dumps(value)) == value


@given(JSON)
def test_at_any_depth_contacts_are_taken_out(db, value):
    detail = {"a": [{"b": "wrote to ada@example.com"}, value, "(213) 555-0100"]}

    assert db.value("select mask_detail(%s::jsonb)", json.dumps(detail)) == {"a": [{"b": "wrote to …"}, value, "…"]}


@given(st.uuids().map(str) | st.datetimes().map(str) | st.datetimes().map(lambda time: time.isoformat() + "Z"))
def test_a_uuid_or_a_time_stays(db, text):
    assert db.value("select mask_detail(to_jsonb(%s::text))", text) == text


def test_nothing_is_nothing(db):
    assert db.value("select mask_detail(null)") is None
