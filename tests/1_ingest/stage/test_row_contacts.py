"""The contacts of a row: in order, normalised, with what the vendor says of each."""

import pytest
from psycopg.types.json import Jsonb


def contacts(db, **raw):
    columns = "array(select f from contact_fields as f order by f.channel, f.rank)"
    return db.value(f"select row_contacts(%s, {columns})", Jsonb(raw))


def test_they_come_as_the_table_ranks_them_normalised(db):
    found = contacts(
        db, email_2="B@Example.com", phone_2="213.555.0102", phone_1="(213) 555-0101", email_1=" a@example.com ",
        mobile_phone="2135550103",
    )  # fmt: skip

    assert [(c["field"], c["channel"], c["value"]) for c in found] == [
        ("email_1", "email", "a@example.com"),
        ("email_2", "email", "b@example.com"),
        ("mobile_phone", "phone", "+12135550103"),
        ("phone_1", "phone", "+12135550101"),
        ("phone_2", "phone", "+12135550102"),
    ]


def test_what_is_no_contact_is_left_out(db):
    assert contacts(db, email_1="none", phone_1="555", first_name="Ada") == []


def test_a_mark_is_its_phone_s(db):
    found = contacts(db, phone_1="2135550101", phone_2="2135550102", phone_2_dnc="Federal DNC", email_1="a@example.com")

    assert {c["field"]: c["do_not_call"] for c in found} == {"email_1": False, "phone_1": False, "phone_2": True}


@pytest.mark.parametrize("field", ["dnc", "dnc_2", "dnc_3"])
def test_a_mark_of_the_row_is_every_phone_s(db, field):
    row = {"phone_1": "2135550101", "phone_2": "2135550102", "email_1": "a@example.com", "dnc": "No"}

    found = contacts(db, **row | {field: "Yes"})

    assert {c["field"]: c["do_not_call"] for c in found} == {"email_1": False, "phone_1": True, "phone_2": True}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"phone_1": "2135550101", "phone_1_type": "Mobile"}, "mobile"),
        ({"phone_1": "2135550101"}, None),
        ({"mobile_phone": "2135550101"}, "mobile"),
        ({"landline_phone": "2135550101"}, "landline"),
        ({"email_1": "a@example.com", "phone_1_type": "Mobile"}, None),
    ],
)
def test_the_type_of_line_is_the_vendor_s_word_or_the_column_s(db, raw, expected):
    (contact,) = contacts(db, **raw)

    assert contact["line_type"] == expected


def test_a_number_in_two_columns_is_one_contact_with_all_that_is_said_of_it(db):
    (contact,) = contacts(
        db, mobile_phone="2135550101", phone_1="(213) 555-0101", phone_1_type="Landline", phone_1_dnc="Y"
    )  # fmt: skip

    assert (contact["value"], contact["line_type"], contact["do_not_call"]) == ("+12135550101", "landline", True)
