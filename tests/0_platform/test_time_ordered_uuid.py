"""RFC 9562 section 5.7, as Python's uuid module reads it."""

import time


def test_it_is_a_random_one_of_version_7(db):
    made = [row[0] for row in db.rows("select time_ordered_uuid() from generate_series(1, 1000)")]

    assert len(set(made)) == 1000
    assert {(uuid.version, uuid.variant) for uuid in made} == {(7, "specified in RFC 4122")}


def test_it_begins_with_the_time_in_milliseconds(db):
    before = time.time()

    made = db.value("select time_ordered_uuid()").int >> 80

    assert before - 60 < made / 1000 < time.time() + 60
