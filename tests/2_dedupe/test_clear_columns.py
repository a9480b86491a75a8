def test_it_has_the_merged_columns_as_upload_changes_has_them(db, merge):
    merge({"mak": "0000000001", "lead score": "70", "zip": "90012"})

    columns = db.value("select clear_columns(l) from leads as l")

    assert set(columns) == set(db.value("select merged_columns()"))
    assert (columns["mak"], columns["lead_score"], columns["zip"], columns["apn"]) == ("0000000001", 70, "90012", None)
