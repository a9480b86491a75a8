import hashlib

from psycopg.types.json import Jsonb

REFUSE = """
    select r.*
      from refuse_file(jsonb_populate_record(null::uploads, %s), file_fault('PF024', 'It is empty.'), %s) as r
"""


def test_it_leaves_a_row_a_dead_letter_and_an_event(db, clock):
    sha256 = hashlib.sha256(b"body").hexdigest()
    known = {
        "id": "00000000-0000-0000-0000-000000000001", "source": "vendor", "file_name": "leads.csv",
        "message_id": "msg_1", "content_sha256": sha256, "bytes": 4, "received_at": clock.now.isoformat(),
    }  # fmt: skip

    answer = db.one(REFUSE, Jsonb(known), clock.move(seconds=1))

    assert (answer.status, answer.outcome, answer.message) == (400, "empty", "It is empty.")
    upload = db.one("select * from uploads")
    assert (upload.id, upload.status, upload.outcome) == (answer.upload_id, "refused", "empty")
    assert (upload.source, upload.file_name, upload.message_id) == ("vendor", "leads.csv", "msg_1")
    assert (upload.content_sha256, upload.bytes) == (sha256, 4)
    assert (str(upload.id), upload.finished_at) == (known["id"], clock.now)
    letter = db.one("select * from pipeline_dlq")
    assert (letter.source, letter.reason, letter.upload_id) == ("upload", "It is empty.", upload.id)
    assert letter.payload == {"file": "leads.csv", "bytes": 4, "outcome": "empty"}
    event = db.one("select * from pipeline_events")
    assert (event.stage, event.http_status, event.upload_id, event.occurred_at) == (
        "refused", 400, upload.id, clock.now,
    )  # fmt: skip
