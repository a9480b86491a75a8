import pytest

M1, MAIN = {"mak": "0000000001"}, {"address": "12 Main St", "zip": "90012"}


@pytest.fixture
def redriven(db, merge):
    """A quarantined row that was decided to be a lead of its own: the letter, its file, the upload it became."""
    merge(M1, MAIN)
    original = merge({**M1, **MAIN, "fips": "06037", "apn": "111"})
    letter = db.value("select id from pipeline_dlq")
    result = db.one("select * from decide_row(%s, 'new')", letter)
    assert result.outcome == "redriven"
    return letter, original.upload_id, result.upload_id


def state(db, letter):
    return db.value("select state from pipeline_dlq where id = %s", letter)


def test_a_row_that_was_redriven_waits_again_when_that_is_reverted(db, redriven):
    letter, _, upload = redriven

    answer = db.one("select * from revert_upload(%s)", upload)

    assert answer.message == "Reverted: 1 lead removed, 0 restored. On 0 something stays: see upload_remains."
    assert state(db, letter) == "waiting"
    assert db.one("select * from decide_row(%s, 'new')", letter).outcome == "redriven"


def test_it_is_discarded_when_its_own_file_is_reverted_too(db, redriven):
    letter, original, upload = redriven

    for each in (upload, original):
        db.execute("select revert_upload(%s)", (each,))

    assert state(db, letter) == "discarded"
