def test_result_codes_are_kept(db):
    assert db.value('select melissa_facts(\'{"melissa_results": "AS01", "mak": "1"}\', \'1\')') == {"results": "AS01"}


def test_a_mak_that_is_no_key_is_kept_as_the_building_s(db):
    assert db.value('select melissa_facts(\'{"mak": "0123456789"}\', null)') == {"building_mak": "0123456789"}


def test_a_row_without_either_says_nothing(db):
    assert db.value("select melissa_facts('{}', null)") is None


def test_what_slipped_into_the_wrong_column_is_not_kept_in_clear(db):
    facts = db.value(
        """select melissa_facts('{"melissa_results": "AS01,ada@example.com", "mak": "ada@example.com"}', null)"""
    )

    assert facts == {"results": "AS01"}
