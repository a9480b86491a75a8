def test_a_line_has_three_kinds_of_key_also_those_it_lacks(db, merge):
    receipt = merge({"mak": "0000000001", "fips": "06037", "apn": "111"})

    keys = db.rows(
        "select k.* from upload_rows as r cross join row_keys(r) as k where r.upload_id = %s order by k.strength",
        receipt.upload_id,
    )

    assert keys == [(1, "mak", "0000000001"), (2, "fips_apn", "06037/111"), (3, "address", None)]
