def test_each_change_has_in_each_image_the_reason_why_it_stays(db, merge):
    merge({"mak": "0000000001", "first name": "Ada", "last name": "A"})
    receipt = merge({"mak": "0000000001", "first name": "Grace", "last name": "B", "email 1": "ada@example.com"})
    later = merge({"mak": "0000000001", "last name": "C"})

    rows = db.rows("select * from judged_documents(%s)", receipt.upload_id)

    met = f"upload {later.upload_id} met the lead and may have brought it too"
    assert {(row.upload_id, row.name): (row.item, row.before, row.place, row.reason) for row in rows} == {
        (later.upload_id, "first_name"): (None, "Ada", None, None),
        (later.upload_id, "last_name"): (None, "A", None, None),
        (later.upload_id, "emails"): ("ada@example.com", None, 1, met),
        (None, "first_name"): (None, "Ada", None, None),
        (None, "last_name"): (None, "A", None, "changed again since"),
        (None, "emails"): ("ada@example.com", None, 1, met),
    }
