def test_a_column_goes_back_and_one_that_was_changed_again_is_taken_out_of_the_later_before(db, merge):
    merge({"mak": "0000000001", "city": "Reno", "lead score": "1"})
    receipt = merge({"mak": "0000000001", "city": "Fresno", "lead score": "2"})
    later = merge({"mak": "0000000001", "city": "Chico"})

    restored = db.value("select revert_columns(%s, now())", receipt.upload_id)

    assert restored == [db.value("select id from leads")]
    assert db.one("select city, lead_score from leads") == ("Chico", 1)
    assert db.value("select before from upload_changes where upload_id = %s", later.upload_id) == {"city": "Reno"}


def test_nothing_changed_is_nothing_restored(db, merge):
    merge({"mak": "0000000001"})

    assert db.value("select revert_columns(%s, now())", merge({"mak": "0000000001"}).upload_id) == []
