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
