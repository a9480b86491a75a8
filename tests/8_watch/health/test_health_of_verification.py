"""health_of_verification: what verification still owes."""


def health(db):
    return {row.check_name: row for row in db.rows("select * from health_of_verification()")}


def test_nothing_owed_is_fine(db):
    db.leads(1)

    assert {name: row.status for name, row in health(db).items()} == {"code_map": "ok", "verification_tries": "ok"}


def test_a_changed_map_warns_until_leads_are_read_again(db):
    db.execute("update verification_code_map set effect = 'info' where code = 'PS01' and channel = 'phone'")

    row = health(db)["code_map"]
    assert row.status == "warn"
    assert "1 changed code" in row.detail
    assert "reverify_leads()" in row.hint

    db.execute("select reverify_leads()")

    assert health(db)["code_map"].status == "ok"


def test_a_contact_given_up_warns(db):
    (lead,) = db.leads(1, verified=False)
    for _ in range(8):
        assert health(db)["verification_tries"].status == "ok"
        db.execute("select record_verification(%s, 'phone', 'melissa', '{SE01}')", (lead,))

    row = health(db)["verification_tries"]
    assert row.status == "warn"
    assert row.detail == "1 contact is given up after 8 answers that found nothing out"
