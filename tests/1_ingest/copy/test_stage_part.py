"""One part of a file after the other."""

import pytest


@pytest.fixture
def stage(db, copier):
    """``stage(bytes, …)``: returns (rows staged, bytes used) of each part, and the copy as it then stands."""

    def put(*parts, is_last=False):
        copier.begin()
        done = []
        for part in parts:
            rest = db.value("update upload_copies set rest = rest || %s returning rest", part)
            before = db.value("select rows_read from uploads")
            db.execute(
                """
                update upload_copies
                   set (encoding, head, head_lines, lines, rest) = (
                     select s.encoding, s.head, s.head_lines, s.lines, s.rest
                       from upload_copies as c
                      cross join stage_part(c, 'test', octet_length(c.rest), %s) as s
                   )
                """,
                (is_last,),
            )
            used = len(rest) - len(db.value("select rest from upload_copies"))
            done.append((db.value("select rows_read from uploads") - before, used))
        return done, db.one("select head, head_lines, lines, encoding from upload_copies")

    return put


def staged(db):
    return [tuple(row) for row in db.rows("select line_number, mak from leads_staging order by line_number")]


def test_each_part_is_read_below_the_header(db, stage):
    done, copy = stage(b"MAK,Notes\r\n0000000001,\r\n", b"0000000002,\r\n\r\n0000000003,\r\n")

    assert done == [(1, 24), (2, 28)]
    assert staged(db) == [(2, "0000000001"), (3, "0000000002"), (5, "0000000003")]
    assert copy == (b"MAK,Notes\r\n", 1, 5, None)


def test_a_part_that_ends_within_a_field_is_cut_before_its_record(db, stage):
    part = b'MAK,Notes,Colour\n0000000001,,\n0000000002,"a\nb","c\n'

    done, copy = stage(part, b'd"\n')

    assert done == [(1, 30), (1, len(part) - 30 + 3)]
    assert staged(db) == [(2, "0000000001"), (3, "0000000002")]
    assert copy.lines == 5


def test_a_header_may_be_a_part_of_its_own_and_have_lines_before_it(db, stage):
    done, copy = stage(b"\n\n", b'"MAK",x\n', b"0000000001,y\n")

    assert done == [(0, 0), (0, 10), (1, 13)]
    assert staged(db) == [(4, "0000000001")]
    assert copy == (b'\n\n"MAK",x\n', 3, 4, None)


def test_bytes_are_those_of_the_file_s_own_encoding(db, stage):
    done, copy = stage("MAK,Zoë\n0000000001,Zoë\n".encode("cp1252"), "0000000002,Zoë\n".encode("cp1252"))

    assert done == [(1, 23), (1, 15)]
    assert copy == ("MAK,Zoë\n".encode("cp1252"), 1, 3, "WIN1252")


def test_at_the_end_an_open_quote_is_told_with_its_line_in_the_file(db, stage):
    with pytest.raises(Exception, match="opens on line 5 is never closed"), db.transaction():
        stage(b"MAK,Notes\n0000000001,\n", b'\n\n0000000002,"a\nb', is_last=True)


def test_what_makes_the_file_unusable_is_raised(db, stage):
    for code, part in (("PF025", b"colour\nred\n"), ("PF022", b"MAK\n\0\n"), ("PF023", b"\xff\xfem\0")):
        with db.refused(code):
            stage(part)


def test_a_header_that_is_not_whole_waits(db, stage):
    done, copy = stage(b'"First\n', b'Name",MAK\n', b"Ada,0000000001\n")

    assert done == [(0, 0), (0, 17), (1, 15)]
    assert copy == (b'"First\nName",MAK\n', 2, 3, None)
