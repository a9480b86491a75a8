def test_an_id_counts_once_for_its_kind(db, clock):
    count = "select count_event_once(%s, 'e-1', null, 'phone', %s)"

    assert db.value(count, "reply", clock.now) is True
    assert db.value(count, "reply", clock.now) is False
    assert db.value(count, "booking", clock.now) is True


def test_two_at_once_are_counted_once(clone, connect, clock):
    count = "select count_event_once('reply', 'e-1', null, 'phone', now())"
    first, second = connect(), connect()

    with first.transaction():
        assert first.value(count) is True
        waiting = second.in_background(count).wait_until_blocked(clone)

    assert waiting.result() == [(False,)]


def test_an_id_stands_in_its_key_unless_it_is_too_long_for_an_index(db, clock):
    count = "select count_event_once('reply', %s, null, 'phone', %s)"
    too_long = "".join(hex(n * n) for n in range(2000))

    assert db.value(count, "e-1", clock.now) is True
    assert db.value(count, too_long, clock.now) is True
    assert db.value(count, too_long, clock.now) is False

    keys = [row[0] for row in db.rows("select idempotency_key from pipeline_events order by id")]
    assert keys[0] == "reply/phone/e-1" and len(keys[1]) == len("reply/phone/") + 64
