"""What one copy brought is staged when it ends."""

HEADER = b"MAK,First Name\n"


def lines(first, last):
    return b"".join(b"%010d,Ada\n" % number for number in range(first, last + 1))


def test_the_parts_of_a_file_are_staged_as_they_come(db, copier):
    copier.begin().copy(HEADER + lines(1, 3) + b"00000")
    assert db.one("select rows_read, bytes, status from uploads") == (3, 15 + 3 * 15 + 5, "receiving")

    copier.copy(b"00004,Bo")
    assert db.value("select rows_read from uploads") == 3

    assert copier.finish().rows_new == 4


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


def test_each_part_shows_to_others_when_its_copy_ends(clone, connect, new_copier):
    copier = new_copier(connect("pipeline_writer"))
    observer = connect("pipeline_writer")
    copier.begin()

    for part in range(3):
        copier.copy((b"" if part else HEADER) + lines(10 * part + 1, 10 * part + 10))
        assert observer.value("select rows_read from uploads where status = 'receiving'") == 10 * part + 10


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
