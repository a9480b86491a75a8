import pytest


@pytest.mark.parametrize(
    "spellings",
    [
        (["SAINT", "LOUIS"], ["ST", "LOUIS"]),
        (["DE", "KALB"], ["DEKALB"]),
        (["E", "BATON", "ROUGE"], ["EAST", "BATON", "ROUGE"]),
        (["FORT", "WORTH"], ["FT", "WORTH"]),
    ],
)
def test_a_place_is_one_word_however_it_is_spelled(db, spellings):
    names = {db.value("select place_name(%s::text[])", words) for words in spellings}

    assert len(names) == 1 and None not in names


def test_no_words_are_no_place(db):
    assert db.value("select place_name('{}')") is None
    assert db.value("select place_name(null)") is None
