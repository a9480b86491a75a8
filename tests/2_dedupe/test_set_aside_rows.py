import json


def test_a_rejected_line_is_a_dead_letter_with_its_reason_and_the_row_sealed(db, merge):
    receipt = merge({"first name": "Adalovelace"})

    letter = db.one("select * from pipeline_dlq")
    assert (letter.source, letter.upload_id, letter.line_number) == ("upload", receipt.upload_id, 2)
    assert "no key" in letter.reason and letter.hint
    assert letter.payload == {"file": "test.csv", "outcome": "rejected"}
    assert b"Adalovelace" not in letter.sealed
    opened = db.value("select convert_from(unseal('pipeline_dlq.sealed/' || id, sealed), 'UTF8') from pipeline_dlq")
    assert json.loads(opened)["first_name"] == "Adalovelace"


def test_a_quarantined_line_names_its_keys(db, merge):
    merge({"mak": "0000000001"}, {"address": "12 Main St", "zip": "90012"})

    merge({"mak": "0000000001", "address": "12 Main St", "zip": "90012", "phone 1": "2135550100"})

    letter = db.one("select * from pipeline_dlq")
    assert letter.reason == "its keys point at different leads, made or still to be made"
    assert (letter.payload["mak"], letter.payload["outcome"]) == ("0000000001", "quarantined")
    assert "+12135550100" in db.value(
        "select convert_from(unseal('pipeline_dlq.sealed/' || id, sealed), 'UTF8') from pipeline_dlq"
    )
