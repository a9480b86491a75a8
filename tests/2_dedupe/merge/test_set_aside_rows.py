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


def test_each_row_gets_its_line_and_another_upload_s_stay_staged(db, merge):
    db.execute(
        "insert into leads_staging (upload_id, line_number, outcome, reason, raw)"
        " values (gen_random_uuid(), 9, 'rejected', 'no key', '{}')"
    )

    receipt = merge({"first name": "Adalovelace"})

    assert db.rows("select upload_id, line_number, outcome from upload_rows") == [(receipt.upload_id, 2, "rejected")]
    assert db.value("select count(*) from pipeline_dlq") == 1
    assert db.rows("select line_number from leads_staging") == [(9,)]
