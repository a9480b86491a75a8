import pytest


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("123", "123"),
        ("0123", "123"),
        ("12B", "12B"),
        ("34-20", "34-20"),
        ("N6W23001", "N6W23001"),
        ("A12", "A12"),
        ("0", None),
        ("000", None),
        ("0-20", None),
        ("5TH", None),
        ("MAIN", None),
        ("", None),
        (None, None),
    ],
)
def test_a_word_is_a_house_number_or_none(db, given, expected):
    assert db.value("select house_number(%s)", given) == expected
