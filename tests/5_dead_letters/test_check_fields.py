import pytest


@pytest.mark.parametrize(
    "fields",
    [
        '{"property_zip": "90012", "phone_1": null, "lead_score": 7, "dnc": true}',
        '{"mobile_phone": "x", "phone_1_type": "x", "phone_10_dnc": "y"}',
        '{"other.Colour": "red"}',
        "{}",
    ],
)
def test_fields_of_a_row_pass(db, fields):
    db.execute("select check_fields(%s)", (fields,))


@pytest.mark.parametrize(
    "fields",
    [None, "null", "[]", '"x"', '{"zipcode": "90012"}', '{"contacts": []}', '{"mak": ["1"]}', '{"mak": {"a": "b"}}'],
)
def test_anything_else_is_refused(db, fields):
    with db.refused("PF106"):
        db.execute("select check_fields(%s)", (fields,))


def test_the_error_names_the_field_and_no_contact(db):
    try:
        with db.transaction():
            db.execute('select check_fields(\'{"zipcode": "x", "ada@example.com": "x"}\')')
    except Exception as error:
        assert "zipcode" in str(error)
        assert "ada@" not in str(error)
    else:
        raise AssertionError("it was let through")
