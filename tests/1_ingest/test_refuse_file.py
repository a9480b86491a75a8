import hashlib

import pytest

ANSWERS = {
    "PF021": (400, "unclosed_quote"),
    "PF022": (400, "not_text"),
    "PF023": (400, "bad_encoding"),
    "PF024": (400, "empty"),
    "PF025": (422, "unknown_header"),
    "PF026": (413, "too_large"),
}


@pytest.mark.parametrize("code", ANSWERS)
def test_each_error_of_a_file_has_its_status_and_outcome(db, clock, code):
    answer = db.one(
        "select * from refuse_file(%s, 'vendor', 'body', 'leads.csv', 'msg_1', %s, 'It is broken.')", clock.now, code
    )

    assert (answer.status, answer.outcome) == ANSWERS[code]
    assert answer.message == "It is broken."


def test_it_leaves_a_row_a_dead_letter_and_an_event(db, clock):
    answer = db.one(
        "select * from refuse_file(%s, 'vendor', 'body', 'leads.csv', 'msg_1', 'PF024', 'It is empty.')", clock.now
    )

    upload = db.one("select * from uploads")
    assert (upload.id, upload.status, upload.outcome) == (answer.upload_id, "refused", "empty")
    assert (upload.source, upload.file_name, upload.message_id) == ("vendor", "leads.csv", "msg_1")
    assert (upload.content_sha256, upload.bytes) == (hashlib.sha256(b"body").hexdigest(), 4)
    assert upload.received_at == upload.finished_at == clock.now
    letter = db.one("select * from pipeline_dlq")
    assert (letter.source, letter.reason, letter.upload_id) == ("upload", "It is empty.", upload.id)
    assert letter.payload == {"file": "leads.csv", "bytes": 4, "outcome": "empty"}
    event = db.one("select * from pipeline_events")
    assert (event.stage, event.http_status, event.upload_id) == ("refused", 400, upload.id)
