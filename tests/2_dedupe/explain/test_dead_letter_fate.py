import pytest

M1, MAIN, PARCEL = {"mak": "0000000001"}, {"address": "12 Main St", "zip": "90012"}, {"fips": "06037", "apn": "111"}


@pytest.fixture
def aside(db, merge):
    """A quarantined line: its receipt and its letter's id."""
    merge(M1, MAIN)
    receipt = merge({**M1, **MAIN, **PARCEL})
    return receipt, db.value("select id from pipeline_dlq")


def line(db, receipt):
    rows = db.rows("select * from explain_match(%s, 2)", receipt.upload_id)
    return next(row.rule for row in rows if row.key_kind == "line")


def test_a_line_that_waits_names_its_letter(db, aside):
    receipt, letter = aside

    assert line(db, receipt) == (
        f"its keys belong to different leads: it touched nobody; waiting as dead letter {letter}"
    )


def test_a_line_that_was_redriven_names_the_upload_and_the_lead(db, aside):
    receipt, letter = aside
    made = db.one("select * from decide_row(%s, 'new')", letter)

    assert line(db, receipt).endswith(
        f"it touched nobody; since redriven as upload {made.upload_id} (line 2) into lead {made.lead_id}"
    )


def test_a_line_that_was_discarded_says_why(db, aside):
    receipt, letter = aside
    db.execute("select discard_dlq(%s, 'sent twice')", (letter,))

    assert line(db, receipt).endswith("; discarded: sent twice")


def test_a_line_that_somebody_dealt_with_otherwise(db, aside):
    receipt, letter = aside
    db.execute("select finish_dlq(id, token) from claim_dlq(1, p_source => 'upload')")

    assert line(db, receipt).endswith(f"; since dealt with as dead letter {letter}")


def test_the_same_of_a_rejected_line_and_nothing_of_one_that_was_placed(db, merge):
    receipt = merge({"first name": "Ada"})
    letter = db.value("select id from pipeline_dlq")

    assert line(db, receipt).endswith(f"; waiting as dead letter {letter}")
    assert "letter" not in line(db, merge(M1))
