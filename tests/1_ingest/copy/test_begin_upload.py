"""The beginning of a file that is too large for one value."""

import pytest


def test_it_gives_an_upload_that_is_being_received(db):
    upload = db.value("select begin_upload('vendor', 'big.csv')")

    row = db.one("select * from uploads")
    assert (row.id, row.source, row.file_name) == (upload, "vendor", "big.csv")
    assert (row.status, row.bytes, row.rows_read) == ("receiving", 0, 0)


def test_the_session_remembers_it(db):
    db.execute("select begin_upload('vendor')")
    upload = db.value("select begin_upload('vendor')")

    assert db.value("select current_setting('pgfunnel.upload')") == str(upload)


@pytest.mark.parametrize("source", [None, "", " "])
def test_without_a_source_it_is_a_mistake_of_the_caller(db, source):
    with db.refused("PF035"):
        db.execute("select begin_upload(%s)", (source,))


def test_a_writer_may_call_it_and_others_may_not(db):
    with db.acting_as("pipeline_writer"):
        assert db.value("select begin_upload('vendor')")

    for role in ("pipeline_broker", "pipeline_reader"):
        with db.refused("42501"), db.acting_as(role):
            db.execute("select begin_upload('vendor')")
