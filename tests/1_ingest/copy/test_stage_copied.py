"""What a copy has brought: counted, staged, or the file refused."""

import pytest


def copy_of(db):
    return db.one("select lines, rest, refused_status from upload_copies")


def test_what_ends_no_record_waits(db, copier):
    copier.begin().copy(b'MAK,Notes\n0000000001,\n0000000002,"a\nb')

    assert copy_of(db) == (2, b'0000000002,"a\nb', None)
    assert db.rows("select from upload_pieces") == []
    assert db.one("select rows_read, bytes from uploads") == (1, 37)


@pytest.mark.parametrize(
    ("body", "status", "outcome"),
    [
        (b"colour\nred\n", 422, "unknown_header"),
        (b"MAK\n0000000001\n\0\n", 400, "not_text"),
        (b"\xff\xfeM\0A\0K\0\n\0", 400, "bad_encoding"),
        (b"MAK,Notes\nZo\xc3\xab,\n" + b"x,\n" * 99 + b"Zo\xeb,\n", 400, "bad_encoding"),
        (b"MAK,a,b,c\n", 413, "too_large"),
        (b"MAK\n" + b"0000000001\n" * 4, 413, "too_large"),
        (b'MAK\n"' + b"\n" * 310, 400, "unclosed_quote"),
        (b"MAK\n" + b"0" * 310, 400, "unclosed_quote"),
    ],
)
def test_a_file_that_can_not_be_read_is_refused_while_it_comes(db, copier, body, status, outcome):
    db.execute("update settings set value = '3' where key in ('max_copied_rows', 'max_upload_columns')")
    db.execute("update settings set value = '100' where key in ('max_field_bytes', 'copy_part_bytes')")
    if body.count(b"\n") > 99 and outcome == "bad_encoding":
        db.execute("update settings set value = '1000' where key = 'max_copied_rows'")
    copier.begin().copy(body).copy(b"0000000009\n" * 20)

    assert db.one("select status, outcome, rows_read from uploads") == ("refused", outcome, 0)
    assert copy_of(db).refused_status == status
    assert db.rows("select from leads_staging") == db.rows("select from upload_pieces") == []

    receipt = copier.finish()
    assert (receipt.status, receipt.outcome, receipt.upload_id) == (status, outcome, copier.upload)
    assert db.value("select count(*) from leads") == 0
    assert db.value("select count(*) from pipeline_dlq") == 1


def test_a_value_that_can_not_be_stored_is_told_without_the_value(db, copier):
    db.execute("create function pg_temp.refuse() returns trigger language plpgsql as $$ begin"
               " raise numeric_value_out_of_range using message = 'secret'; end $$")  # fmt: skip
    db.execute("create trigger refuse before insert on leads_staging for each row execute function pg_temp.refuse()")

    receipt = copier.send("MAK\n0000000001\n")

    assert (receipt.status, receipt.outcome) == (400, "unstorable")
    assert "22003" in receipt.message and "secret" not in receipt.message


def test_an_error_that_is_not_the_file_s_passes(db, copier):
    copier.begin()
    db.execute("delete from settings where key = 'max_field_bytes'")

    with db.refused("PF005"):
        copier.copy(b"MAK\n0000000001\n")
