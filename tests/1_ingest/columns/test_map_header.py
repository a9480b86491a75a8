import pytest
from hypothesis import given
from hypothesis import strategies as st

ANY_HEADER = st.sampled_from(
    ["X", "X 2", "X 2 2", "", " ", "column 2", "Email", "Work Email", "E-Mail 2", "Phone", "Telephone", "Cell",
     "Mobile", "First Name", "First", "MAK", "x"]
)  # fmt: skip


def fields(db, *header, source="vendor"):
    return [row.field for row in db.rows("select * from map_header(%s, %s)", source, list(header))]


@given(st.lists(ANY_HEADER, min_size=1, max_size=12))
def test_every_column_has_a_name_of_its_own(db, header):
    rows = db.rows("select * from map_header('vendor', %s)", header)

    assert [row.place for row in rows] == list(range(1, len(header) + 1))
    assert len({row.field for row in rows}) == len(header)
    assert all(row.is_known != row.field.startswith("other.") for row in rows)


def test_case_and_punctuation_do_not_count(db):
    assert fields(db, "MelissaAddressKey", "FIRST NAME", "zip-code", "E-mail") == [
        "mak", "first_name", "property_zip", "email_1",
    ]  # fmt: skip


def test_a_column_that_no_alias_knows_keeps_its_name(db):
    rows = db.rows("select * from map_header('vendor', array['Favourite colour', ''])")

    assert [(row.header, row.field, row.is_known) for row in rows] == [
        ("Favourite colour", "other.Favourite colour", False),
        ("column 2", "other.column 2", False),
    ]


def test_a_name_made_for_a_second_column_is_no_other_column_s(db):
    assert fields(db, "X", "X", "X 2", "X") == ["other.X", "other.X 3", "other.X 2", "other.X 4"]


def test_a_source_s_own_alias_comes_first_and_is_its_own(db):
    db.execute("insert into header_aliases (alias, source, field) values ('name', 'vendor', 'company')")

    assert fields(db, "Name") == ["company"]
    assert fields(db, "Name", source="other") == ["full_name"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["Work Email", "Personal Email"], ["email_1", "email_2"]),
        (["Phone", "Telephone", "Phone Number"], ["phone_1", "phone_2", "phone_3"]),
        (["Work Email", "Personal Email", "Email 2"], ["email_1", "email_3", "email_2"]),
        (["Cell Phone", "Mobile", "Phone"], ["mobile_phone", "phone_2", "phone_1"]),
        (["First Name", "First"], ["first_name", "other.First"]),
        (["DNC", "Opted Out", "Do Not Contact", "Opt Out"], ["dnc", "dnc_2", "dnc_3", "other.Opt Out"]),
    ],
)
def test_a_second_column_of_a_contact_takes_the_next_free_field(db, header, expected):
    assert fields(db, *header) == expected


def test_more_contacts_than_there_are_fields_are_kept_as_unknown_columns(db):
    names = ["Email", "Email Address", "Mail", "Owner Email", "Work Email", "Personal Email"]

    assert fields(db, *names) == ["email_1", "email_2", "email_3", "email_4", "email_5", "other.Personal Email"]


@pytest.mark.parametrize(
    "telling",
    ["hb@example.com", "(213) 555-0101", "Call 213 555 0101", "90012", "12 Main St", "1,250.00", "2026-03-09"],
)
def test_the_first_row_of_a_file_without_headers_is_not_kept(db, telling):
    header = ["Zephyrine", "Quillfeather", telling, "City", "Email"]

    found = db.rows("select header, field from map_header('test', %s)", header)

    assert [row.header for row in found] == [f"column {n}" for n in range(1, 6)]
    assert [row.field for row in found] == [
        "other.column 1", "other.column 2", "other.column 3", "property_city", "email_1",
    ]  # fmt: skip


@pytest.mark.parametrize("header", ["2nd Owner", "Phone 1", "ZIP+4", "Line 2 (text)", "Flag #3", "Q1 2026", "x" * 300])
def test_a_header_with_a_number_in_it_is_kept(db, header):
    (row,) = db.rows("select header from map_header('vendor', array[%s])", header)

    assert row.header == header[:100]
