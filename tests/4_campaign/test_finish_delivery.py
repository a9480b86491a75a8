import uuid


def test_a_writer_finishes_and_a_token_nobody_has_is_stale(db):
    with db.acting_as("pipeline_writer"):
        assert db.value("select finish_delivery(1, %s, 200)", uuid.uuid4()) == "stale"
