def test_the_last_line_s_value_wins_and_the_first_line_s_key(db, stage):
    upload = stage(
        {"mak": "0000000001", "fips": "06037", "apn": "1", "first name": "Ada", "last name": "Old"},
        {"mak": "0000000001", "fips": "06037", "apn": "2", "last name": "New"},
    )
    db.execute("select place_rows(%s)", (upload,))

    document = db.one("select * from placed_documents(%s)", upload)

    assert (document.mak, document.apn) == ("0000000001", "1")
    assert (document.fields["first_name"], document.fields["last_name"]) == ("Ada", "New")
    assert document.is_new
