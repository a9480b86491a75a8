def test_a_held_key_is_found_in_its_transaction(db):
    db.execute("select hold_key(%s)", (bytes(range(64)),))

    assert db.value("select unlocked_key()") == bytes(range(64))


def test_it_is_held_sealed_and_each_time_otherwise(db):
    held = "select hold_key(%s)", (bytes(range(64)),)
    seen = set()
    for _ in range(3):
        db.execute(*held)
        seen.add(db.value("select current_setting('pgfunnel.unlocked_key')"))

    assert len(seen) == 3
    assert not any(bytes(range(16)).hex() in text for text in seen)
