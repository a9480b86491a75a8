def test_valid_indexes_are_fine(db):
    assert db.one("select * from health_of_indexes()").status == "ok"


def test_an_index_whose_build_broke_off_is_named_with_what_mends_it(clone):
    clone.execute("update pg_index set indisvalid = false where indexrelid = 'leads_mak_key'::regclass")

    row = clone.one("select * from health_of_indexes()")
    assert (row.status, row.detail) == ("warn", "invalid: leads_mak_key")

    clone.execute(row.hint.split(": ")[1])
    assert clone.one("select * from health_of_indexes()").status == "ok"
