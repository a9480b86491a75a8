import pytest


@pytest.mark.parametrize(
    ("words", "line_type"),
    [("Mobile", "mobile"), ("Cell Phone", "mobile"), ("WIRELESS", "mobile"), ("Landline", "landline"),
     ("Land Line", "landline"), ("Home", "landline"), ("Non-Fixed VoIP", "voip"),
     ("ada@example.com", None), (None, None)],
)  # fmt: skip
def test_a_vendor_s_word_is_one_of_three_or_none(db, words, line_type):
    assert db.value("select line_type_of(%s)", words) == line_type
