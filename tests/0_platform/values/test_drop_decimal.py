import pytest


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("395965838.0", "395965838"),
        (" 12 \t", "12"),
        ("1.5", "1.5"),
        ("a.0", "a.0"),
        ("1.2.0", "1.2.0"),
        ("", ""),
        (None, None),
    ],
)
def test_a_spreadsheet_s_decimal_goes_and_nothing_else(db, given, expected):
    assert db.value("select drop_decimal(%s)", given) == expected
