"""opting_out_mark: what only a function that opts out can leave in pgfunnel.opting_out."""


def test_it_is_another_one_in_each_transaction(clone):
    assert clone.value("select opting_out_mark()") != clone.value("select opting_out_mark()")


def test_it_is_one_throughout_a_transaction(clone):
    with clone.transaction():
        assert clone.value("select opting_out_mark()") == clone.value("select opting_out_mark()")


def test_it_depends_on_the_installation_s_secret(db):
    before = db.value("select opting_out_mark()")

    db.execute("update installation set value = to_jsonb(repeat('00', 64)) where fact = 'secret'")

    assert db.value("select opting_out_mark()") != before


def test_no_service_can_ask_for_it(db):
    with db.refused("42501"), db.acting_as("pipeline_writer"):
        db.value("select opting_out_mark()")
