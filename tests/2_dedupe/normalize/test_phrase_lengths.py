def test_a_first_word_knows_the_length_of_its_longest_phrase(db):
    lengths = db.value("select phrase_lengths()")

    assert lengths["FARM"] == len(["FARM", "TO", "MARKET", "ROAD"])
    assert lengths["SAINT"] == 1
    assert "MAIN" not in lengths
