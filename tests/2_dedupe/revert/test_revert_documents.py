def test_what_was_changed_again_is_taken_out_of_the_later_image(db, merge):
    merge({"mak": "0000000001", "first name": "Ada", "last name": "A"})
    receipt = merge({"mak": "0000000001", "first name": "Grace", "last name": "B"})
    later = merge({"mak": "0000000001", "last name": "C"})

    restored = db.value("select revert_documents(%s, now())", receipt.upload_id)

    lead = db.value("select id from leads")
    assert restored == [lead]
    names = "select lead_pii(id) ->> 'first_name' as first_name, lead_pii(id) ->> 'last_name' as last_name from leads"
    assert db.one(names) == ("Ada", "C")
    db.execute("select revert_documents(%s, now())", (later.upload_id,))
    assert db.one(names) == ("Ada", "A")


def test_a_document_is_sealed_for_its_place_under_the_newest_key(db, merge):
    merge({"mak": "0000000001", "last name": "A"})
    receipt = merge({"mak": "0000000001", "last name": "B"})
    db.execute("select create_data_key('seal')")

    db.execute("select revert_documents(%s, now())", (receipt.upload_id,))

    assert db.value("select sealed_version(pii) from leads") == db.value("select newest_data_key('seal')")
    assert db.value("select lead_pii(id) ->> 'last_name' from leads") == "A"
