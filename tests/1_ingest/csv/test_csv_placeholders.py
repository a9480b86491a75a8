import pytest
from hypothesis import given
from hypothesis import strategies as st


@given(st.text("ab\x01\x02\x03\x05\ue000\ue001", max_size=30), st.integers(1, 8))
def test_they_differ_and_do_not_occur(db, text, count):
    marks = db.value("select csv_placeholders(%s, %s)", text, count)

    assert len(set(marks)) == count
    assert all(len(mark) == 1 and mark not in text for mark in marks)
    assert not {"\t", "\n", "\r", '"', ","} & set(marks)


def test_a_text_that_uses_every_control_character_gets_private_ones(db):
    text = "".join(map(chr, range(1, 32)))

    assert db.value("select csv_placeholders(%s, 3)", text) == ["\ue000", "\ue001", "\ue002"]


@pytest.mark.parametrize("left", [0, 2])
def test_a_text_that_leaves_too_few_is_refused(db, left):
    text = "".join(map(chr, [*range(1, 9), *range(0xE000, 0xE101 - left)]))

    with db.refused("PF022"):
        db.execute("select csv_placeholders(%s, 3)", (text,))
