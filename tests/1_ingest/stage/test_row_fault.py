import pytest


def fault(db, values, columns=2, limit=10):
    return db.value("select row_fault(%s, %s, %s)", values, columns, limit)


@pytest.mark.parametrize("values", [["a"], ["a", "b", "c"]])
def test_fewer_or_more_values_than_columns(db, values):
    assert fault(db, values) == f"the line has {len(values)} fields, the header 2"


def test_a_value_of_too_many_bytes(db):
    assert fault(db, ["é" * 5, ""]) is None
    assert fault(db, ["é" * 5 + "x", ""]) == "a field has more than 10 bytes"


def test_many_values_that_are_large_only_together(db):
    assert fault(db, ["0123456789"] * 50, columns=50) is None
