"""What is written into upload_file, by whom, and what others see of it meanwhile."""

import pytest

HEADER = b"MAK,First Name\n"


def lines(first, last):
    return b"".join(b"%010d,Ada\n" % number for number in range(first, last + 1))


def test_the_parts_of_a_file_are_staged_as_they_come(db, copier):
    copier.begin().copy(HEADER + lines(1, 3) + b"00000")
    assert db.one("select rows_read, bytes, status from uploads") == (3, 15 + 3 * 15 + 5, "receiving")

    copier.copy(b"00004,Bo")
    assert db.value("select rows_read from uploads") == 3

    assert copier.finish().rows_new == 4


def test_an_ordinary_insert_will_do(db, copier):
    copier.begin()
    db.execute("insert into upload_file values (encode('MAK', 'base64')), (''), (encode(E'\\n1\\n', 'base64'))")

    assert copier.finish().rows_read == 1


def test_nothing_can_be_read_from_it(db, copier):
    copier.begin().copy(HEADER + lines(1, 3))

    assert db.rows("select * from upload_file") == []


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


def test_a_file_that_is_copied_as_it_is_leaves_no_line_of_it_in_a_message(db, copier):
    """The server logs a message with its context, which in the middle of a COPY has the line."""
    told = []
    db.add_notice_handler(lambda n: told.append((n.severity, n.message_primary, n.context or "")))
    copier.begin()

    with db.cursor().copy("copy upload_file from stdin") as copy:
        copy.write("MAK,First Name\n" + "0000000001,Zephyrine\n" * 100)

    ((severity, message, context),) = told
    assert (severity, "base64" in message) == ("WARNING", True)
    assert "Zephyrine" not in message + context
    assert "COPY" not in context


def test_a_session_goes_on_where_another_stopped(clone, connect, new_copier):
    first = new_copier(connect("pipeline_writer"))
    first.begin().copy(HEADER + lines(1, 2) + b"000")
    first.db.close()

    second = new_copier(connect("pipeline_writer"))
    second.upload = first.upload
    second.db.execute("select set_config('pgfunnel.upload', %s, false)", (str(first.upload),))
    received = second.db.value("select bytes from uploads where id = %s", first.upload)
    second.copy((HEADER + lines(1, 5))[received:])

    assert second.finish().rows_new == 5


def test_each_part_shows_to_others_when_its_copy_ends(clone, connect, new_copier):
    copier = new_copier(connect("pipeline_writer"))
    observer = connect("pipeline_writer")
    copier.begin()

    for part in range(3):
        copier.copy((b"" if part else HEADER) + lines(10 * part + 1, 10 * part + 10))
        assert observer.value("select rows_read from uploads where status = 'receiving'") == 10 * part + 10


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
