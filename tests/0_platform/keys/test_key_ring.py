def test_the_ring_holds_every_key_as_data_key_opens_it(db):
    db.execute("select create_data_key('seal')")

    ring = db.rows("select version, purpose, key = data_key(version) as same from key_ring()")

    assert [row.purpose for row in ring] == ["seal", "index", "seal"] or len(ring) == 3
    assert all(row.same for row in ring)


def test_a_wrong_key_encryption_key_opens_nothing(db):
    db.execute("update local_keys set key = gen_random_bytes(64)")

    with db.refused("PF011"):
        db.execute("select * from key_ring()")
