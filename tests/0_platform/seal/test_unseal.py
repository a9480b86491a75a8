def test_moved_to_another_place_it_does_not_open(db):
    sealed = db.value("select seal('leads.pii/1', 'text')")

    with db.refused("PF011"):
        db.execute("select unseal('leads.pii/2', %s)", (sealed,))


def test_labelled_with_another_version_it_does_not_open(db):
    old = db.value("select newest_data_key('seal')")
    new = db.value("select create_data_key('seal')")
    sealed = bytearray(db.value("select seal('here', 'text')"))
    assert sealed[:4] == new.to_bytes(4, "big")
    sealed[:4] = old.to_bytes(4, "big")

    with db.refused("PF011"):
        db.execute("select unseal('here', %s)", (bytes(sealed),))


def test_sealed_before_a_rotation_it_opens_after_it(db):
    sealed = db.value("select seal('here', 'text')")

    db.execute("select create_data_key('seal')")

    assert db.value("select unseal('here', %s)", sealed) == b"text"


def test_a_version_nobody_has_is_named(db):
    with db.refused("PF014"):
        db.execute("select unseal('here', %s)", ((99).to_bytes(4, "big") + b"x" * 64,))


def test_nothing_opens_to_nothing(db):
    assert db.value("select unseal('here', null)") is None
