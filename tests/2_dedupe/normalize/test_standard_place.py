import pytest


@pytest.mark.parametrize(
    ("zip", "place"),
    [
        ("90012", "90012"),
        ("90012-1234", "90012"),
        ("900121234", "90012"),
        ("2108", "02108"),
        ("2108.0", "02108"),
        ("21081234", "02108"),
        ("2108-1234", "02108"),
        ("501", "00501"),
        (" 90012 ", "90012"),
        ("00000", "BOSTON MA"),
        ("12", "BOSTON MA"),
        ("K1A 0B1", "BOSTON MA"),
        ("", "BOSTON MA"),
        (None, "BOSTON MA"),
    ],
)
def test_five_digits_of_a_zip_or_else_city_and_state(db, zip, place):
    assert db.value("select standard_place('Boston', 'Massachusetts', %s)", zip) == place


@pytest.mark.parametrize(("city", "state"), [(None, "MA"), ("Boston", None), ("", "MA"), ("Boston", "x")])
def test_half_a_place_is_none(db, city, state):
    assert db.value("select standard_place(%s, %s, null)", city, state) is None
