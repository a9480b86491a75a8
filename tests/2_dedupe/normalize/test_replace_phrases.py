import pytest


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("MAIN ST", "MAIN ST"),
        ("TWENTY FIRST ST", "21ST ST"),
        ("TWENTY OAKS", "TWENTY OAKS"),
        ("SAINT JAMES", "ST JAMES"),
        ("US HIGHWAY 90", "US 90"),
        ("U S 90", "US 90"),
        ("US90", "US 90"),
        ("STATE RD 12", "SR 12"),
        ("STATE ST", "STATE ST"),
        ("COUNTY LINE RD", "COUNTY LINE RD"),
        ("FARM TO MARKET RD 1960", "FM 1960"),
        ("I ST", "I ST"),
        ("", ""),
    ],
)
def test_the_longest_phrase_is_replaced(db, given, expected):
    assert db.value("select array_to_string(replace_phrases(string_to_array(%s, ' ')), ' ')", given) == expected


def test_a_numbered_road_is_one_word_with_its_number(db):
    assert db.value("select replace_phrases('{N,STATE,ROUTE,12}')") == ["N", "SR 12"]
