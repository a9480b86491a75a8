def redrive(db, id, token=None, lead=None):
    with db.acting_as("pipeline_writer"):
        return db.one("select * from redrive_dlq(%s, %s, %s)", id, token, lead)


def test_a_row_that_conflicts_still_waits_and_says_why(db, conflict, letter):
    result = redrive(db, conflict.id)

    assert (result.outcome, result.lead_id, result.upload_id) == ("waiting", None, None)
    for key, column in (("MAK", "mak"), ("address", "addr_hash")):
        lead = db.value(f"select id from leads where {column} is not null")
        assert f"its {key} is lead {lead}'s" in result.message
    kept = letter(conflict.id)
    assert (kept.state, kept.attempts, kept.last_error) == ("waiting", 1, result.message)
    assert kept.retry_after > kept.created_at


def test_a_row_that_conflicts_no_more_is_merged(db, conflict, letter):
    db.execute("update leads set addr_hash = null")

    result = redrive(db, conflict.id)

    assert result.outcome == "redriven"
    assert letter(conflict.id).redriven_as == result.upload_id
    assert db.value("select addr_hash is not null from leads where id = %s", result.lead_id)


def test_what_is_redriven_is_so_once(db, conflict):
    db.execute("update leads set addr_hash = null")
    redrive(db, conflict.id)

    with db.refused("PF102"):
        redrive(db, conflict.id)


def test_a_file_refused_as_a_whole_has_to_be_sent_again(db):
    db.ingest("this,is\nno,file")

    with db.refused("PF104"):
        redrive(db, db.value("select id from pipeline_dlq"))


def test_what_a_service_sent_only_the_service_can_try(db):
    with db.refused("PF104"):
        redrive(db, db.value("select send_to_dlq('enrich', '{}', 'failed')"))


def test_two_at_once_redrive_it_once(clone, connect):
    clone.ingest("mak,address,zip\n0000000001,,\n,12 Main St,90012\n")
    clone.ingest("mak,address,zip\n0000000001,12 Main St,90012\n")
    clone.execute("update leads set addr_hash = null")
    id = clone.value("select id from pipeline_dlq")
    other = connect()

    with clone.transaction():
        assert clone.one("select * from redrive_dlq(%s)", id).outcome == "redriven"
        with other.refused("PF103"):
            other.execute("select redrive_dlq(%s)", (id,))

    with other.refused("PF102"):
        other.execute("select redrive_dlq(%s)", (id,))
    assert clone.value("select count(*) from uploads") == 3
