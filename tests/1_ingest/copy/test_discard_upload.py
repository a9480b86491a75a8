from uuid import uuid4


def test_what_was_copied_in_goes_and_a_line_about_it_stays(db, copier):
    copier.begin().copy(b"MAK\n0000000001\n")

    with db.acting_as("pipeline_writer"):
        db.execute("select discard_upload(%s)", (copier.upload,))

    assert db.one("select status, outcome, rows_read from uploads") == ("refused", "discarded", 0)
    assert db.rows("select from leads_staging") == db.rows("select from upload_copies") == []
    assert db.value("select count(*) from pipeline_events where stage = 'discarded'") == 1
    with db.refused("PF037"):
        copier.finish()


def test_the_time_given_is_recorded(db, copier, clock):
    copier.begin()
    db.execute("select discard_upload(%s, %s)", (copier.upload, clock.now))

    assert db.value("select finished_at from uploads") == clock.now
    assert db.value("select occurred_at from pipeline_events") == clock.now


def test_it_may_be_copied_in_again(db, copier):
    copier.begin().copy(b"MAK\n0000000001\n")
    db.execute("select discard_upload(%s)", (copier.upload,))

    assert copier.send(b"MAK\n0000000001\n").rows_new == 1


def test_what_does_not_wait_can_not_be_discarded(db, copier):
    done = copier.send(b"MAK\n0000000001\n").upload_id

    for upload in (done, uuid4()):
        with db.refused("PF039"):
            db.execute("select discard_upload(%s)", (upload,))


def test_others_than_a_writer_may_not(db, copier):
    copier.begin()

    for role in ("pipeline_broker", "pipeline_reader"):
        with db.refused("42501"), db.acting_as(role):
            db.execute("select discard_upload(%s)", (copier.upload,))
