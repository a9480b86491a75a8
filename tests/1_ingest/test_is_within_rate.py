from datetime import timedelta

import pytest


@pytest.fixture
def sent(db, clock):
    def add(source="vendor", count=1, seconds_ago=0):
        db.execute(
            "insert into uploads (source, received_at)"
            " select %s, %s - %s * interval '1 second' from generate_series(1, %s)",
            (source, clock.now, seconds_ago, count),
        )

    db.execute("update settings set value = '3' where key = 'uploads_per_minute'")
    return add


def is_within(db, source="vendor"):
    return db.value("select is_within_rate(%s, %s)", source, db.clock.now)


def test_up_to_the_setting_and_no_more(db, sent):
    sent(count=2)
    assert is_within(db)

    sent()
    assert not is_within(db)


def test_after_a_minute_there_is_room_again(db, sent):
    sent(count=2)
    sent(seconds_ago=59)
    assert not is_within(db)

    db.clock.move(seconds=1)
    assert is_within(db)


def test_each_source_has_its_own(db, sent):
    sent("other", count=3)

    assert is_within(db)


def test_it_is_counted_by_an_index_whatever_else_arrived(db, sent, clock):
    sent("other", count=5000)
    db.execute("analyze uploads")

    plan = db.rows(
        "explain select from uploads where source = 'vendor' and received_at > %s limit 3",
        clock.now - timedelta(minutes=1),
    )
    assert any("uploads_source_received_at_idx" in row[0] for row in plan)


def test_a_line_that_was_redriven_does_not_count(db):
    db.execute("update settings set value = '2' where key = 'uploads_per_minute'")
    db.ingest("mak,first name\n,Ada\n", source="vendor")
    db.execute('select correct_row(id, \'{"mak": "0000000001"}\') from pipeline_dlq')

    assert db.value("select is_within_rate('vendor', clock_timestamp())")
