BROKEN = "this,is\nno,file"


def letters(db):
    return db.rows("select * from pipeline_dlq order by id")


def test_the_same_broken_file_again_is_counted_on_its_letter(db, clock):
    for name in ("leads.csv", "leads.csv", "leads (1).csv"):
        clock.move(minutes=1)
        db.execute("select ingest_csv('test', %s, %s, %s)", (BROKEN.encode(), name, clock.now))

    (letter,) = letters(db)
    assert (letter.payload["arrivals"], letter.payload["file"]) == (3, "leads (1).csv")
    assert db.value("select (payload ->> 'last_at')::timestamptz from pipeline_dlq") == clock.now
    assert db.value("select count(*) from uploads where status = 'refused'") == 3
    assert db.value("select count(*) from pipeline_events where stage = 'refused'") == 3


def test_other_bytes_or_another_source_have_a_letter_of_their_own(db):
    db.ingest(BROKEN)
    db.ingest(BROKEN + "\n")
    db.ingest(BROKEN, source="other")

    assert [letter.payload.get("arrivals") for letter in letters(db)] == [None, None, None]


def test_after_its_letter_is_closed_it_has_a_new_one(db):
    db.ingest(BROKEN)
    db.execute("select discard_dlq(id, 'no use') from pipeline_dlq")
    db.ingest(BROKEN)

    assert [letter.state for letter in letters(db)] == ["discarded", "waiting"]


def test_two_at_once_are_one_letter(clone, connect):
    first, second = connect(), connect()

    with first.transaction():
        first.ingest(BROKEN)
        waiting = second.in_background(
            "select * from ingest_csv('test', %s, 'test.csv')", BROKEN.encode()
        ).wait_until_blocked(clone)
    waiting.result()

    (letter,) = letters(clone)
    assert letter.payload["arrivals"] == 2
