import json


def test_a_correction_that_fails_leaves_the_keys_and_owners_as_they_are_by_now(db, conflict, letter):
    db.ingest("mak\n0000000002\n")
    first, other = (db.value("select id from leads where mak = %s", mak) for mak in ("0000000001", "0000000002"))
    address = db.value("select id from leads where addr_hash is not null")

    result = db.one("select * from correct_row(%s, %s)", conflict.id, json.dumps({"mak": "0000000002"}))

    kept = letter(conflict.id)
    assert result.message == (
        "its keys point at different leads, made or still to be made:"
        f" its MAK is lead {other}'s, its address is lead {address}'s"
    )
    assert kept.last_error == result.message
    assert kept.payload["mak"] == "0000000002"
    assert kept.payload["met"] == {"mak": str(other), "address": str(address)}
    assert kept.payload["met_first"] == {"mak": str(first), "address": str(address)}
    assert (kept.payload["file"], kept.payload["outcome"]) == ("vendor.csv", "quarantined")


def test_the_file_s_line_is_explained_by_what_it_met_then(db, conflict):
    before = db.rows("select * from explain_match(%s, 2)", conflict.upload_id)
    db.ingest("mak\n0000000002\n")

    for _ in range(2):
        db.execute("select correct_row(%s, %s)", (conflict.id, json.dumps({"mak": "0000000002"})))

    assert db.rows("select * from explain_match(%s, 2)", conflict.upload_id) == before


def test_a_rejected_row_that_conflicts_now_says_so(db, conflict, letters, letter):
    (row,) = letters({"first name": "Ada"})

    db.execute(
        "select correct_row(%s, %s)",
        (row.id, json.dumps({"mak": "0000000001", "property_street": "12 Main St", "property_zip": "90012"})),
    )

    kept = letter(row.id)
    assert (kept.payload["outcome"], kept.payload["met_first"]) == ("quarantined", {})
    assert set(kept.payload["met"]) == {"mak", "address"}
    assert {r.lead_id for r in db.rows("select * from explain_match(%s, 2)", row.upload_id)} == {None}


def test_a_row_that_is_unreadable_still_has_no_owners(db, letters, letter):
    (row,) = letters({"first name": "Ada"})

    db.execute("select redrive_dlq(%s)", (row.id,))

    assert letter(row.id).payload == {"file": "vendor.csv", "outcome": "rejected", "met_first": {}}
