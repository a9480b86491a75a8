def test_what_has_a_column_is_not_repeated_in_the_document(db, merge):
    merge({"mak": "0000000001", "address": "12 Main St", "zip": "90012", "first name": "Ada", "lead score": "50"})

    document = db.value("select lead_pii(id) from leads")
    assert document["first_name"] == "Ada"
    assert not set(document) & set(db.value("select fields_with_columns()"))
