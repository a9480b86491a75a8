import pytest


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("NORTH MAIN STREET", "N MAIN ST"),
        ("MAIN STREET NORTH EAST", "MAIN ST NE"),
        ("NORTH EAST LAKE DRIVE", "NE LAKE DR"),
        ("N E ST", "N E ST"),
        ("NORTH AVE", "NORTH AVE"),
        ("E AVENUE B", "E AVE B"),
        ("AVENUE N", "AVE N"),
        ("COURT AVE", "COURT AVE"),
        ("COURT", "COURT"),
        ("ST JAMES CT", "ST JAMES CT"),
        ("OLD HIGHWAY 50", "OLD HWY 50"),
        ("SOUTH 500 EAST", "S 500 E"),
        ("", ""),
    ],
)
def test_words_are_abbreviated_where_they_play_their_part(db, given, expected):
    assert db.value("select standard_street(string_to_array(%s, ' '))", given) == expected
