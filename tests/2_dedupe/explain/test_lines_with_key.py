MAIN = {"address": "12 Main St", "zip": "90012"}
PARCEL = {"fips": "06037", "apn": "111"}


def test_the_lines_that_carry_a_key_say_whether_they_have_a_stronger_one(db, merge):
    receipt = merge({"mak": "0000000001", **PARCEL, **MAIN}, {**PARCEL, **MAIN}, MAIN, {"mak": "0000000002"})
    address = db.value("select addr_hash from upload_rows where line_number = 4")

    def lines(kind, value):
        return db.rows(
            "select line_number, has_stronger from lines_with_key(%s, %s, %s) order by 1",
            receipt.upload_id, kind, value,
        )  # fmt: skip

    assert lines("mak", "0000000001") == [(2, False)]
    assert lines("fips_apn", "06037/111") == [(2, True), (3, False)]
    assert lines("address", address) == [(2, True), (3, True), (4, False)]
    assert lines("mak", "0000000009") == lines("mak", None) == []
