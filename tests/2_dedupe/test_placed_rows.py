def test_they_are_the_rows_of_this_round_alone(db, stage):
    upload = stage({"mak": "0000000001"}, {"mak": "0000000001"}, {"mak": "0000000002"})
    db.execute("select place_rows(%s)", (upload,))
    db.execute("delete from leads_staging where line_number = 2")

    found = db.rows("select * from placed_rows(%s) order by line_number", upload)

    assert [(row.line_number, row.mak, row.lines_of_lead) for row in found] == [
        (3, "0000000001", 1),
        (4, "0000000002", 1),
    ]


def test_a_lead_is_new_if_a_row_of_this_round_made_it(db, stage, merge):
    merge({"mak": "0000000001"})
    upload = stage({"mak": "0000000001"}, {"mak": "0000000002"}, {"mak": "0000000002"})
    db.execute("select place_rows(%s)", (upload,))

    found = db.rows("select * from placed_rows(%s) order by line_number", upload)

    assert [(row.is_new, row.lines_of_lead) for row in found] == [(False, 1), (True, 2), (True, 2)]
