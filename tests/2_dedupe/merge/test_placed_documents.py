def test_the_last_line_s_value_wins_and_the_first_line_s_key(db, stage):
    upload = stage(
        {"mak": "0000000001", "fips": "06037", "apn": "1", "first name": "Ada", "last name": "Old"},
        {"mak": "0000000001", "fips": "06037", "apn": "2", "last name": "New"},
    )
    db.execute("select place_rows(%s)", (upload,))

    document = db.one("select * from placed_documents(%s, true)", upload)

    assert (document.mak, document.apn) == ("0000000001", "1")
    assert (document.fields["first_name"], document.fields["last_name"]) == ("Ada", "New")


def test_they_are_those_of_the_leads_made_or_of_the_leads_met(db, stage, merge):
    merge({"mak": "0000000001"})
    upload = stage({"mak": "0000000001"}, {"mak": "0000000002"}, {"mak": "0000000002"})
    db.execute("select place_rows(%s)", (upload,))

    for is_new, maks in ((True, ["0000000002"]), (False, ["0000000001"])):
        assert [d.mak for d in db.rows("select * from placed_documents(%s, %s)", upload, is_new)] == maks


def test_they_are_of_the_rows_of_this_round_alone(db, stage):
    upload = stage({"mak": "0000000001", "last name": "Old"}, {"mak": "0000000001"}, {"mak": "0000000002"})
    db.execute("select place_rows(%s)", (upload,))
    db.execute("delete from leads_staging where line_number in (2, 4)")

    (document,) = db.rows("select * from placed_documents(%s, false)", upload)

    assert (document.mak, "last_name" in document.fields) == ("0000000001", False)


def test_contacts_of_several_lines_are_one_list(db, stage):
    upload = stage(
        {"mak": "0000000001", "phone 1": "2135550100"},
        {"mak": "0000000001"},
        {"mak": "0000000001", "phone 1": "2135550101"},
    )
    db.execute("select place_rows(%s)", (upload,))

    document = db.one("select * from placed_documents(%s, true)", upload)

    assert [c["value"] for c in document.contacts] == ["+12135550100", "+12135550101"]
