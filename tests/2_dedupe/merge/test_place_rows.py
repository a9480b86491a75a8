ADDRESS = {"address": "12 Main St", "zip": "90012"}


def placed(db, upload):
    db.execute("select place_rows(%s)", (upload,))
    rows = db.rows("select line_number, outcome, lead_id from upload_rows where upload_id = %s order by 1", upload)
    return {row.line_number: (row.outcome, row.lead_id) for row in rows}


def test_rows_of_one_property_go_to_one_lead(db, stage):
    found = placed(
        db, stage({"mak": "0000000001", **ADDRESS}, {"mak": "0000000001"}, {**ADDRESS, "address": "12 MAIN STREET"})
    )

    assert [outcome for outcome, _ in found.values()] == ["new", "duplicate", "duplicate"]
    assert len({lead for _, lead in found.values()}) == 1


def test_a_row_that_bridges_two_is_left_in_staging(db, stage, merge):
    merge({"mak": "0000000001"}, ADDRESS)

    assert placed(db, stage({"mak": "0000000001", **ADDRESS})) == {}
