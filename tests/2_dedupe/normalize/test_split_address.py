import pytest


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("123 Main St.", ["123", "MAIN", "ST"]),
        ("P.O. Box 1", ["P", "O", "BOX", "1"]),
        ("St. Mary's", ["ST", "MARYS"]),
        ("Apt#4", ["APT", "#", "4"]),
        ("34-20 A-B", ["34-20", "A", "B"]),
        ("12-B, 1/2", ["12B", "1/2"]),
        ("123-1/2", ["123", "1/2"]),
        ("120-1/2", ["120", "1/2"]),
        ("US-90", ["US", "90"]),
        ("\t\x01 a\xa0b", ["A", "B"]),
        ("", []),
        (" . ", []),
        (None, None),
    ],
)
def test_a_line_is_split_into_folded_words(db, given, expected):
    assert db.value("select split_address(%s)", given) == expected
