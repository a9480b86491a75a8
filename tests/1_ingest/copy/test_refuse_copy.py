def test_what_was_staged_goes_and_the_reason_stays(db, copier, clock):
    copier.begin("vendor", "big.csv").copy(b"MAK\n0000000001\n00")

    db.execute("select refuse_copy(%s, file_fault('PF021', 'It is broken.'), %s)", (copier.upload, clock.now))

    assert db.rows("select from leads_staging") == []
    assert db.one("select refused_status, head, rest, hash_rest from upload_copies") == (400, b"", b"", b"")
    upload = db.one("select status, outcome, message, rows_read, bytes, source, file_name from uploads")
    assert upload == ("refused", "unclosed_quote", "It is broken.", 0, 17, "vendor", "big.csv")
    assert db.value("select payload from pipeline_dlq") == {"file": "big.csv", "bytes": 17, "outcome": "unclosed_quote"}
    assert db.value("select finished_at from uploads") == clock.now
