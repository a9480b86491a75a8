import pytest


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("1 MAIN ST", ""),
        ("1 MAIN ST APT 4", "APT 4"),
        ("1 MAIN ST # B", "# B"),
        ("1 OAK SUITE 100", "SUITE 100"),
        ("1 MAIN ST STE ROYAL", "STE ROYAL"),
        ("1 TRAILER PARK RD", ""),
        ("1 SPACE CENTER BLVD", ""),
        ("1 E RM 620", ""),
        ("1 MAIN ST REAR", "REAR"),
        ("1 CORAL LAKE KEY", ""),
        ("1 MAIN ST APT", "APT"),
        ("1 MAIN ST 3RD FL", "3RD FL"),
        ("1 MAIN ST 5", "5"),
        ("1 MAIN ST N 5", "5"),
        ("1 MAIN ST 5 BLDG 2", "5 BLDG 2"),
        ("1 MAIN ST 5TH", ""),
        ("1 OLD HIGHWAY 50", ""),
        ("1 AVENUE 5", ""),
        ("1 E AVENUE 5", ""),
        ("1 S 500 E", ""),
    ],
)
def test_the_unit_begins_after_the_street(db, line, unit):
    words = line.split()

    begins = db.value("select unit_position(%s, 2)", words)

    assert " ".join(words[begins - 1 :]) == unit
