def test_it_has_them_as_upload_changes_has_them(db, merge):
    merge({"mak": "0000000001", "lead score": "70", "zip": "90012"})

    columns = db.value("select mergeable_columns(l) from leads as l")

    assert (columns["mak"], columns["lead_score"], columns["zip"], columns["apn"]) == ("0000000001", 70, "90012", None)


def test_of_no_lead_it_has_the_names(db, merge):
    merge({"mak": "0000000001"})

    of_one, of_none = db.one("select mergeable_columns(l) as one, mergeable_columns(null) as none from leads as l")

    assert of_none == dict.fromkeys(of_one)


def test_every_column_in_clear_that_a_merge_changes_is_among_them(db, merge):
    first = {"mak": "0000000001", "address": "12 Main St", "unit": "4", "city": "Reno", "state": "NV", "zip": "89501"}
    merge(first | {"lead score": "1", "results": "AS01"})
    old = db.value("select to_jsonb(l) from leads as l")

    merge(
        {"mak": "0000000001", "fips": "06037", "apn": "111", "address": "9 Oak St", "unit": "5", "city": "Los Angeles",
         "state": "CA", "zip": "90012", "lead score": "2", "results": "AS02", "last name": "New"}
    )  # fmt: skip

    new = db.value("select to_jsonb(l) from leads as l")
    changed = {column for column in new if new[column] != old[column]}
    assert changed - {"pii", "updated_at"} == set(db.value("select mergeable_columns(null)")) - {"mak", "addr_hash"}
