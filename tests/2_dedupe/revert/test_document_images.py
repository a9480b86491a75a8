def test_the_images_are_in_order_of_time_and_opened(db, merge):
    merge({"mak": "0000000001", "last name": "A"})
    second = merge({"mak": "0000000001", "last name": "B"})
    merge({"mak": "0000000001", "city": "Reno"})
    fourth = merge({"mak": "0000000001", "last name": "C"})

    rows = db.rows("select * from document_images(%s) order by turn", second.upload_id)

    assert [(row.turn, row.upload_id, row.document["last_name"]) for row in rows] == [
        (0, second.upload_id, "A"), (1, fourth.upload_id, "B"), (2, None, "C"),
    ]  # fmt: skip


def test_documents_under_an_older_key_open_too(db, merge):
    merge({"mak": "0000000001", "last name": "A"})
    db.execute("select create_data_key('seal')")
    receipt = merge({"mak": "0000000001", "last name": "B"})

    assert len(db.rows("select * from document_images(%s)", receipt.upload_id)) == 2


def test_a_document_that_did_not_change_has_no_images(db, merge):
    merge({"mak": "0000000001", "last name": "A"})

    assert db.rows("select * from document_images(%s)", merge({"mak": "0000000001", "city": "Reno"}).upload_id) == []
