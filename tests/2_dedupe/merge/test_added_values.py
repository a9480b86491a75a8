import json

from hypothesis import given
from hypothesis import strategies as st

LISTS = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=5), max_size=6, unique=True)


@given(LISTS, LISTS)
def test_they_are_the_new_ones_that_the_old_list_has_not_in_order(db, old, new):
    found = db.value("select added_values(%s::jsonb, %s::jsonb)", json.dumps(old), json.dumps(new))

    assert found == [value for value in new if value not in old]
