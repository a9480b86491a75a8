import pytest


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("4", "4"),
        ("004", "4"),
        ("3RD", "3"),
        ("1ST", "1"),
        ("ST", "ST"),
        ("BEST", "BEST"),
        ("0", "0"),
        ("0-2", "0-2"),
        ("4B", "4B"),
    ],
)
def test_what_a_person_adds_goes(db, given, expected):
    assert db.value("select unit_identifier(%s)", given) == expected
