def test_an_empty_queue_is_fine(db):
    assert db.one("select * from health_of_dead_letters()").status == "ok"


def test_dead_letters_are_counted_by_source_with_the_oldest(db):
    db.execute(
        """
        insert into pipeline_dlq (source, payload, reason, state, created_at)
        values ('upload', '{}', 'no key', 'waiting', '2026-03-09 13:00Z'),
               ('upload', '{}', 'too long', 'waiting', '2026-03-10 13:00Z'),
               ('reply', '{}', 'unknown', 'waiting', '2026-03-11 13:00Z'),
               ('reply', '{}', 'unknown', 'discarded', '2026-03-01')
        """
    )

    row = db.one("select * from health_of_dead_letters()")
    assert row.status == "warn"
    assert row.detail == "3 dead letters waiting (2 upload, 1 reply), the oldest since Mon 9 Mar 06:00"


def test_what_is_claimed_or_tried_too_often_is_told(db):
    for _ in range(3):
        db.execute("select add_dead_letter('enrich', '{}', 'failed', null)")
    db.execute("select claim_dlq(1)")
    db.execute("update pipeline_dlq set attempts = 8 where id = (select max(id) from pipeline_dlq)")

    row = db.one("select * from health_of_dead_letters()")
    assert row.status == "warn"
    assert row.detail.startswith("3 dead letters waiting (3 enrich), the oldest since ")
    assert row.detail.endswith("; 1 of them claimed; 1 of them tried too often to be claimed")
