SECRET = "whsec_" + "QUFB" * 8


def check(db, after="0"):
    return db.one("select * from health_of_secrets(now() + %s::interval)", after)


def test_without_sources_there_is_nothing_to_say(db):
    assert check(db).status == "ok"


def test_a_source_with_a_valid_secret_is_fine(db):
    db.execute("select set_signing_secret('vendor', %s)", (SECRET,))

    assert check(db, "10 years").status == "ok"


def test_a_source_whose_secret_ran_out_is_named(db):
    for source in ("vendor", "other"):
        db.execute("select set_signing_secret(%s, %s)", (source, SECRET))
    db.execute("update webhook_secrets set valid_until = now() + interval '1 hour' where source = 'vendor'")

    assert check(db, "59 min").status == "ok"
    row = check(db, "1 hour")
    assert (row.status, row.detail) == ("warn", "no valid secret: vendor")
