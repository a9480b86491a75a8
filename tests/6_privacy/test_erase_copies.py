import pytest

HEADER = b"MAK,First Name,Last Name,Email 1\n"
ADA = b"0000000001,Zephyrine,Quillfeather,zephyrine@example.com\n"


@pytest.fixture
def ada(db):
    db.ingest(HEADER + ADA)
    return db.value("select id from leads")


def copy(db, content):
    upload = db.value("select begin_upload('test', 'big.csv')")
    go_on(db, content)
    return upload


def go_on(db, content):
    db.execute("insert into upload_file values (encode(%s, 'base64'))", (content,))


def erase(db, lead):
    return db.value("select erase_copies(array[%s], identifiers_of_person(array[%s]))", lead, lead)


def test_a_file_without_a_word_of_the_person_stays_as_it_is(db, ada):
    upload = copy(db, HEADER + b"0000000002,Bob,Lead,bob@example.com\n00000")
    before = db.one("select * from upload_copies")

    assert erase(db, ada) == 0

    assert db.one("select * from upload_copies where upload_id = %s", upload) == before


@pytest.mark.parametrize("cut", [30, -5])
def test_a_record_that_is_cut_in_the_person_is_overwritten_and_becomes_an_unreadable_line(db, ada, cut):
    upload = copy(db, HEADER + b"0000000002,Bob,Lead,bob@example.com\n" + ADA.replace(b"Main", b"Oak")[:cut])

    assert erase(db, ada) == 1

    assert db.one("select rest, hash_rest ~ '^x+$' as is_empty from (select convert_from(rest, 'UTF8') as rest,"
                  " convert_from(hash_rest, 'UTF8') as hash_rest from upload_copies) as c") == ("x", True)  # fmt: skip
    go_on(db, ADA[cut:] + b"0000000003,Eve,Lead,eve@example.com\n")
    receipt = db.one("select * from finish_upload(%s)", upload)
    assert (receipt.rows_read, receipt.rows_new, receipt.rows_rejected) == (3, 2, 1)


@pytest.mark.parametrize("first_name", [b"Zephyrine", b'Zephyrine ""'])
def test_an_open_quote_stays_open_and_lines_keep_their_numbers(db, ada, first_name):
    upload = copy(db, HEADER + b'0000000002,"' + first_name + b"\n\nQuillf")

    assert erase(db, ada) == 1

    go_on(db, b'eather",x,y\n,Eve,Lead,eve@example.com\n')
    receipt = db.one("select * from finish_upload(%s)", upload)
    assert (receipt.rows_read, receipt.rows_rejected) == (2, 2)
    lines = db.rows("select line_number from upload_rows where upload_id = %s order by 1", upload)
    assert [row.line_number for row in lines] == [2, 5]


def test_a_header_with_a_word_that_is_the_person_s_name_stays(db):
    header = b"MAK,First Name,Last Name,Email 1,Sale Price\n"
    db.ingest(header + b"0000000001,Grace,Price,grace@example.com,5\n")
    lead = db.value("select id from leads")
    upload = copy(db, header + b"0000000002,Bob,Lead,bob@example.com,5\n")

    erase(db, lead)

    go_on(db, b"0000000003,Eve,Lead,eve@example.com,5\n")
    assert db.value("select rows_new from finish_upload(%s)", upload) == 2


def test_a_first_row_with_the_person_s_contact_is_overwritten_as_a_line_of_its_own(db, ada):
    upload = copy(db, b"MAK,Email 1,zephyrine@example.com\n0000000002,bob@example.com,5\n")

    assert erase(db, ada) == 1

    assert db.value("select head from upload_copies") == b"x\n"
    go_on(db, b"0000000003,MAK,5\n")
    assert db.value("select outcome from finish_upload(%s)", upload) == "unknown_header"


def test_a_name_with_letters_beyond_ascii_is_found(db):
    header = b"MAK,Last Name,First Name,Email 1\n"
    db.ingest(header + "0000000001,Núñez,Íñigo,inigo@example.com\n".encode())
    lead = db.value("select id from leads")
    copy(db, header + b"0000000002,Bob,Lead,bob@example.com\n" + "0000000001,Núñez".encode())

    assert erase(db, lead) == 1
    assert db.value("select rest from upload_copies") == b"x"


def test_a_letter_beyond_ascii_before_it_hides_nothing(db, ada):
    copy(db, HEADER + "0000000002,Zoë,zephyrine@example.com".encode())

    assert erase(db, ada) == 1


@pytest.mark.parametrize(("name", "erased"), [("Jude", 1), ("Eva", 0)])
def test_a_name_is_looked_for_from_four_letters_on(db, name, erased):
    db.ingest(f"MAK,First Name\n0000000001,{name}\n")
    copy(db, HEADER + f"0000000002,{name}".encode())

    assert erase(db, db.value("select id from leads")) == erased


def test_it_waits_for_a_copy_that_runs_and_sees_what_it_leaves(clone, connect):
    clone.ingest(HEADER + ADA)
    lead = clone.value("select id from leads")
    clone.execute("select begin_upload('test', 'big.csv')")
    other = connect()

    with clone.transaction():
        go_on(clone, HEADER + ADA[:30])
        waiting = other.in_background(
            "select erase_copies(array[%s], identifiers_of_person(array[%s]))", lead, lead
        ).wait_until_blocked(clone)

    assert waiting.result() == [(1,)]
    assert clone.value("select convert_from(rest, 'UTF8') from upload_copies") == "x"


@pytest.mark.parametrize("column", ["head", "rest", "hash_rest"])
def test_the_part_of_a_copy_that_speaks_is_overwritten_and_no_other(db, ada, column):
    copy(db, HEADER)
    parts = {name: b"MAK,Bob,bob@example.com" for name in ("head", "rest", "hash_rest")}
    db.execute("update upload_copies set head = %(head)s, rest = %(rest)s, hash_rest = %(hash_rest)s",
               parts | {column: ADA})  # fmt: skip

    assert erase(db, ada) == 1

    after = db.one("select head, rest, hash_rest from upload_copies")._asdict()
    expected = {"head": b"x\n", "rest": b"x\n", "hash_rest": b"x" * len(ADA)}[column]
    assert after == parts | {column: expected}


@pytest.mark.parametrize(("street", "erased"), [("12 Main St", 1), ("14 Main St", 0)])
def test_the_street_is_looked_for_too(db, street, erased):
    db.ingest("MAK,Address,Zip\n0000000001,12 Main St,90012\n0000000002,14 Main St,90012\n")
    copy(db, b"MAK,Address,Zip\n0000000003," + street.encode())

    assert erase(db, db.value("select id from leads where mak = '0000000001'")) == erased
