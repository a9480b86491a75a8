def test_a_value_comes_once_at_its_first_arrival_with_all_that_is_said_of_it(db, stage):
    phone = {"phone 1": "(213) 555-0100"}
    upload = stage(
        {"mak": "0000000001", **phone},
        {"mak": "0000000001", "phone 1": "213-555-0101"},
        {"mak": "0000000001", **phone, "phone 1 type": "Mobile", "phone 1 dnc": "Yes"},
    )
    db.execute("select place_rows(%s)", (upload,))

    found = db.rows("select * from placed_contacts(%s) order by arrival", upload)

    assert [(c.value, c.line_type, c.do_not_call) for c in found] == [
        ("+12135550100", "mobile", True),
        ("+12135550101", None, False),
    ]
