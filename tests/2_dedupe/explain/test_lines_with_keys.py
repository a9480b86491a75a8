MAIN = {"address": "12 Main St", "zip": "90012"}
PARCEL = {"fips": "06037", "apn": "111"}


def test_the_lines_that_share_a_key_say_whether_they_have_a_stronger_one(db, merge):
    merge({"mak": "0000000001", **PARCEL, **MAIN}, {**PARCEL, **MAIN}, MAIN, {"mak": "0000000002"})

    def lines(line):
        return db.rows(
            "select k.kind, k.line_number, k.has_stronger from upload_rows as r cross join lines_with_keys(r) as k"
            " where r.line_number = %s order by 1, 2",
            line,
        )

    assert lines(4) == [("address", 2, True), ("address", 3, True), ("address", 4, False)]
    assert lines(2) == [*lines(4), ("fips_apn", 2, True), ("fips_apn", 3, False), ("mak", 2, False)]
    assert lines(5) == [("mak", 5, False)]
