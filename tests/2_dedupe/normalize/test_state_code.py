import pytest


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("California", "CA"),
        (" ca ", "CA"),
        ("N.Y.", "NY"),
        ("new york", "NY"),
        ("D.C.", "DC"),
        ("Puerto Rico", "PR"),
        ("06", "CA"),
        ("Ontario", None),
        ("", None),
        (None, None),
    ],
)
def test_a_state_is_known_by_name_and_code(db, given, expected):
    assert db.value("select state_code(%s)", given) == expected
