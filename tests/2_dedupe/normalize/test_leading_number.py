import pytest


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("123 MAIN ST", "123 MAIN ST"),
        ("APT 4 123 MAIN ST", "123 MAIN ST APT 4"),
        ("# 4 123 MAIN", "123 MAIN # 4"),
        ("# 123 MAIN ST", "123 MAIN ST"),
        ("N6 W23001 MAIN", "N6W23001 MAIN"),
        ("PO BOX 5", "PO BOX 5"),
        ("", ""),
    ],
)
def test_the_house_number_comes_first(db, given, expected):
    assert db.value("select array_to_string(leading_number(string_to_array(%s, ' ')), ' ')", given) == expected
