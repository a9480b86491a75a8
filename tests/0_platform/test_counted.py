import pytest


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0 uploads"), (1, "1 upload"), (2, "2 uploads"), (1204, "1,204 uploads"), (10**9, "1,000,000,000 uploads")],
)
def test_a_number_has_its_noun(db, number, text):
    assert db.value("select counted(%s, 'upload')", number) == text


def test_a_plural_that_takes_no_s_is_given(db):
    assert db.value("select counted(2, 'delivery', 'deliveries')") == "2 deliveries"
