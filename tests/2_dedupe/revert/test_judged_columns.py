def test_each_changed_column_has_its_values_and_the_reason_why_it_stays(db, merge):
    merge({"mak": "0000000001", "city": "Reno", "lead score": "1", "zip": "89501"})
    receipt = merge({"mak": "0000000001", "city": "Fresno", "lead score": "2", "zip": "93650", "state": "CA"})
    later = merge({"mak": "0000000001", "city": "Chico"})
    db.execute("update leads set zip = '90012'")

    rows = db.rows("select * from judged_columns(%s)", receipt.upload_id)

    by_upload = f"changed again by upload {later.upload_id}"
    assert {row.column_name: (row.before, row.after, row.changed_again_by, row.reason) for row in rows} == {
        "city": ("Reno", "Fresno", later.upload_id, by_upload),
        "lead_score": (1, 2, None, None),
        "zip": ("89501", "93650", None, "changed again since"),
        "state": (None, "CA", None, None),
    }


def test_a_later_change_that_was_reverted_does_not_count(db, merge):
    merge({"mak": "0000000001", "city": "Reno"})
    receipt = merge({"mak": "0000000001", "city": "Fresno"})
    later = merge({"mak": "0000000001", "city": "Chico"})
    db.execute("select revert_upload(%s)", (later.upload_id,))

    assert db.one("select reason from judged_columns(%s)", receipt.upload_id) == (None,)


def test_a_column_that_the_rounds_of_the_merge_changed_and_changed_back_is_not_changed(db, merge):
    merge({"mak": "0000000001", "city": "Reno"})
    receipt = merge({"mak": "0000000001", "city": "Fresno"})
    db.execute("update upload_changes set after = before where upload_id = %s", (receipt.upload_id,))

    assert db.rows("select * from judged_columns(%s)", receipt.upload_id) == []
