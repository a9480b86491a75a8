"""What a row of upload_file brings, and what others see of it meanwhile."""

import pytest

HEADER = b"MAK,First Name\n"


def lines(first, last):
    return b"".join(b"%010d,Ada\n" % number for number in range(first, last + 1))


def test_an_ordinary_insert_will_do(db, copier):
    copier.begin()
    db.execute("insert into upload_file values (encode('MAK', 'base64')), (''), (encode(E'\\n1\\n', 'base64'))")

    assert copier.finish().rows_read == 1


def test_nor_is_it_when_the_session_changes_its_mind_within_a_statement(db, copier):
    foreign = copier.begin().upload
    db.execute("update upload_copies set login = 'somebody'")
    copier.begin()

    with db.refused("PF036"):
        db.execute(
            """
            insert into upload_file
            select case when n = 2 then left(set_config('pgfunnel.upload', %s, true), 0) else '' end
              from generate_series(1, 3) as n
            """,
            (str(foreign),),
        )


@pytest.mark.parametrize("line", ["MAK\n", "TUFLC", "-----BEGIN CERTIFICATE-----"])
def test_what_is_no_base64_refuses_the_file(db, copier, line):
    copier.begin().copy(HEADER + lines(1, 3))
    db.execute("insert into upload_file values (%s)", (line,))
    copier.copy(lines(4, 6))

    receipt = copier.finish()

    assert (receipt.status, receipt.outcome, receipt.rows_read) == (400, "not_base64", 0)
    assert "base64 -w 65536" in receipt.message
    assert db.value("select count(*) from leads_staging") == 0


def test_the_rows_of_one_long_copy_show_to_others_while_it_runs(clone, connect, new_copier):
    clone.execute("update settings set value = '1000' where key = 'copy_part_bytes'")
    copier = new_copier(connect("pipeline_writer"))
    observer = connect("pipeline_reader")
    copier.begin()

    # the copy has no end yet; empty rows push through the client's buffer what stands before them
    idle = "select wait_event = 'ClientRead' from pg_stat_activity where pid = %s"
    with copier.db.cursor().copy("copy upload_file from stdin") as sink:
        for rows, part in ((200, HEADER + lines(1, 200)), (400, lines(201, 400))):
            sink.write(copier.line_of(part) + "\n")
            while observer.value("select rows_read from upload_summary where status = 'receiving'") < rows:
                if clone.value(idle, copier.db.info.backend_pid):
                    sink.write("\n" * 1000)

    assert clone.value("select rows_read from uploads") == 400
    assert not copier.db.value("show application_name").startswith("pgfunnel")


def test_two_copies_into_one_upload_wait_for_one_another(clone, connect, new_copier):
    copier, second = new_copier(connect("pipeline_writer")), new_copier(connect("pipeline_writer"))
    copier.begin()
    second.db.execute("select set_config('pgfunnel.upload', %s, false)", (str(copier.upload),))

    with copier.db.transaction():
        copier.copy(HEADER + lines(1, 1))
        waiting = second.db.in_background(
            "insert into upload_file values (encode(%s, 'base64'))", lines(2, 2)
        ).wait_until_blocked(clone)
    waiting.result()

    assert copier.finish().rows_new == 2


def test_uploads_of_two_sessions_do_not_mix(clone, connect, new_copier):
    one, other = new_copier(connect("pipeline_writer")), new_copier(connect("pipeline_writer"))
    one.begin().copy(HEADER + lines(1, 2))
    other.begin().copy(HEADER + lines(11, 15))
    one.copy(lines(3, 3))

    assert (one.finish().rows_new, other.finish().rows_new) == (3, 5)
