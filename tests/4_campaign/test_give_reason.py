def test_it_stands_for_this_transaction(db):
    with db.undone():
        db.execute("select give_reason('a test')")
        assert db.value("select current_setting('pgfunnel.why')") == "a test"

    assert not db.value("select current_setting('pgfunnel.why', true)")
