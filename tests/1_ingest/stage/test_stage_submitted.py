import json


def staged(db, **fields):
    return db.one("select * from stage_submitted(%s)", json.dumps(fields))


def test_a_submitted_lead_is_staged_as_a_row_of_a_file(db):
    row = staged(db, property_street=" 12 Main St ", property_zip="90012", phone_1="201-555-0100", first_name=None)

    assert row.outcome is None
    assert row.addr_hash == db.value("select address_hash('12 Main St', null, null, null, '90012')")
    assert (row.phone, row.raw["property_street"]) == ("+12015550100", "12 Main St")
    assert "first_name" not in row.raw


def test_a_field_that_looks_like_a_contact_is_not_repeated_in_the_answer(db):
    row = staged(db, property_street="12 Main St", **{"ada@example.com": "x"})

    assert row.outcome == "rejected"
    assert "ada@" not in row.reason
