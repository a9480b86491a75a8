import pytest


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("0", 0),
        ("7", 7),
        ("100", 100),
        ("85.0", 85),
        ("101", None),
        ("-1", None),
        ("8.5", None),
        ("high", None),
        ("", None),
    ],
)
def test_only_whole_numbers_from_0_to_100_are_scores(db, text, score):
    assert db.value("select score_of(%s)", text) == score


def test_a_score_of_any_length_is_no_harm(db):
    assert db.value("select score_of('100.' || repeat('0', 20000))") == 100
