import hashlib


def test_an_id_counts_once_for_its_kind(db, clock):
    count = "select record_event_once(%s, 'e-1', null, 'phone', %s)"

    assert db.value(count, "reply", clock.now) is True
    assert db.value(count, "reply", clock.now) is False
    assert db.value(count, "booking", clock.now) is True


def test_two_at_once_are_counted_once(clone, connect, clock):
    count = "select record_event_once('reply', 'e-1', null, 'phone', now())"
    first, second = connect(), connect()

    with first.transaction():
        assert first.value(count) is True
        waiting = second.in_background(count).wait_until_blocked(clone)

    assert waiting.result() == [(False,)]


def test_of_its_id_no_more_than_a_hash_is_kept(db, clock):
    db.execute("select record_event_once('reply', 'ada@example.com', null, 'email', %s)", (clock.now,))

    (key,) = db.one("select idempotency_key from pipeline_events")
    assert key == "reply/email/" + hashlib.sha256(b"ada@example.com").hexdigest()
