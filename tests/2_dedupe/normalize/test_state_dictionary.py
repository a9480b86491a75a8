def test_a_state_is_found_by_name_code_and_number(db):
    states = db.value("select state_dictionary()")

    assert states["NEWYORK"] == states["NY"] == states["36"] == {"state": "NY", "fips": "36"}


def test_all_states_dc_and_territories_are_there(db):
    states = db.value("select state_dictionary()")

    assert len({s["state"] for s in states.values()}) == 50 + 1 + len(["PR", "GU", "VI", "AS", "MP", "UM"])
