import pytest

STAGE = """
    insert into leads_staging (upload_id, line_number, mak, phone, contacts, raw)
    values (gen_random_uuid(), %s, %s, %s, %s, %s)
"""


def test_staged_rows_of_the_person_become_rejected_lines(db):
    (lead,) = db.leads(1)
    db.execute("update leads set mak = '0000000001'")
    db.execute(STAGE, (2, None, "+12015550100", '[{"value": "+12015550100"}]', '{"first_name": "Ada"}'))
    db.execute(STAGE, (3, "0000000001", None, "[]", '{"first_name": "Ada"}'))
    db.execute(STAGE, (4, None, None, "[]", '{"other.CELL": "(201) 555 0100"}'))
    db.execute(STAGE, (5, "0000000002", None, "[]", '{"first_name": "Bob"}'))

    assert db.value("select erase_staged(array[%s::uuid], %s)", lead, ["2015550100"]) == 3

    rows = db.rows("select outcome, mak, phone, contacts, raw from leads_staging order by line_number")
    assert rows[:3] == [("rejected", None, None, [], {})] * 3
    assert rows[3].raw == {"first_name": "Bob"}


def test_nothing_of_a_row_is_left_but_that_it_was(db):
    db.leads(1)
    db.execute(STAGE, (2, "0000000001", "+12015550100", '[{"value": "+12015550100"}]', '{"first_name": "Ada"}'))
    db.execute(
        "update leads_staging set county_fips = '06037', apn = '1234', addr_hash = 'hash', email = 'ada@example.com'"
    )

    db.value("select erase_staged('{}', %s)", ["2015550100"])

    row = db.one("select * from leads_staging")
    assert (row.mak, row.county_fips, row.apn, row.addr_hash, row.email, row.phone) == (None,) * 6
    assert (row.contacts, row.raw, row.outcome, row.reason) == ([], {}, "rejected", "erased")


@pytest.mark.parametrize(
    ("keys", "erased"),
    [
        ("addr_hash = 'hash'", 1),
        ("addr_hash = 'other'", 0),
        ("county_fips = '06037', apn = '1234'", 1),
        ("county_fips = '06037', apn = '1235'", 0),
        ("county_fips = '06059', apn = '1234'", 0),
        ("mak = '0000000002'", 0),
    ],
)
def test_a_row_is_known_by_each_key_of_the_property(db, keys, erased):
    lead, _ = db.leads(2)
    db.execute(
        "update leads set mak = '0000000001', county_fips = '06037', apn = '1234', addr_hash = 'hash' where id = %s",
        (lead,),
    )
    db.execute("update leads set mak = '0000000002' where id <> %s", (lead,))
    db.execute(STAGE, (2, None, None, "[]", "{}"))
    db.execute(f"update leads_staging set {keys}")

    assert db.value("select erase_staged(array[%s::uuid], '{never}')", lead) == erased
