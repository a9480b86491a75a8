import pytest


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("APT 4", "# 4"),
        ("STE 4", "# 4"),
        ("APT # 4", "# 4"),
        ("4", "# 4"),
        ("NO 4", "# 4"),
        ("4 B", "# 4B"),
        ("1 2", "# 1-2"),
        ("LOT 4", "LOT 4"),
        ("LOT # 4", "LOT 4"),
        ("3RD FL", "FL 3"),
        ("FLOOR 3", "FL 3"),
        ("PENTHOUSE", "PH"),
        ("BLDG 2 APT 4", "# 4 BLDG 2"),
        ("APT 4 BLDG 2", "# 4 BLDG 2"),
        ("5 BLDG 2", "# 5 BLDG 2"),
        ("APT", None),
        ("", None),
    ],
)
def test_a_unit_has_one_spelling(db, words, unit):
    assert db.value("select standard_unit(%s::text[])", words.split()) == unit


def test_a_unit_said_in_the_street_line_and_in_its_column_counts_once(db):
    assert db.value("select standard_unit('{APT,4,\"\",4}')") == "# 4"
    assert db.value("select standard_unit('{LOT,4,\"\",4}')") == "LOT 4"
