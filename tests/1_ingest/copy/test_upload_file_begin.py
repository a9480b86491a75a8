"""Which session may write into upload_file, and to which upload."""

import pytest

HEADER = b"MAK,First Name\n"


def test_a_session_that_began_no_upload_can_write_nothing(db):
    db.execute("set local pgfunnel.upload = ''")

    with db.refused("PF036"):
        db.execute("insert into upload_file values ('')")


@pytest.mark.parametrize("name", ["7", "00000000-0000-0000-0000-000000000000"])
def test_no_session_can_make_up_an_upload(db, name):
    db.execute("select set_config('pgfunnel.upload', %s, true)", (name,))

    with db.refused("PF036"):
        db.execute("insert into upload_file values ('')")


def test_what_another_login_began_is_not_written_to(db, copier):
    copier.begin()
    db.execute("update upload_copies set login = 'somebody'")

    with db.refused("PF036"):
        copier.copy(HEADER)


@pytest.mark.parametrize("role", ["pipeline_broker", "pipeline_reader"])
def test_others_than_a_writer_may_not_write(db, copier, role):
    copier.begin()

    with db.refused("42501"), db.acting_as(role):
        db.execute("insert into upload_file values ('')")


def test_a_writer_reaches_neither_the_pieces_nor_the_copy(db, copier):
    copier.begin()

    for table in ("upload_copies", "upload_pieces", "upload_file"):
        with db.refused("42501"), db.acting_as("pipeline_writer"):
            db.execute(f"select from {table}")
