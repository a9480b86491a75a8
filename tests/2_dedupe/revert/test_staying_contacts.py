def test_marked_suppressed_and_verified_contacts_stay(db, merge):
    merge({"mak": "0000000001"})
    receipt = merge(
        {"mak": "0000000001", "phone 1": "2135550101", "phone 1 dnc": "Y"},
        {"mak": "0000000001", "phone 1": "2135550102", "email 1": "ada@example.com"},
        {"mak": "0000000001", "phone 1": "2135550103"},
    )
    db.execute("insert into suppressions select channel, value_hash, 'x', 'x' from lead_contacts where position = 2")
    db.execute("update lead_contacts set verification_codes = '{PS07}' where position = 3")

    rows = db.rows("select channel, place, reason from staying_contacts(%s) order by place", receipt.upload_id)

    assert rows == [
        ("phone", 1, "a do-not-call mark is never taken back"),
        ("phone", 2, "suppressed"),
        ("phone", 3, "verified since"),
    ]
