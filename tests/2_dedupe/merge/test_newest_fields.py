from hypothesis import given
from hypothesis import strategies as st
from psycopg.types.json import Jsonb


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.sampled_from("xyz")), max_size=5))
def test_a_later_value_replaces_an_earlier(db, rows):
    expected = {}
    for row in rows:
        expected |= row

    assert db.value("select newest_fields(%s)", Jsonb(rows)) == expected
