SECRET = "twenty-four bytes of text"


def detail(db):
    row = db.one("select * from health_of_schemes()")
    assert (row.check_name, row.status, row.hint) == ("signing_schemes", "ok", None)
    return row.detail


def test_where_the_time_is_signed_there_is_nothing_to_say(db):
    assert detail(db) == "every source that signs signs the time"

    db.execute("select set_signing_secret('billing', %s, 'stripe')", (SECRET,))
    assert detail(db) == "every source that signs signs the time"


def test_sources_that_sign_no_time_are_named(db):
    for source, scheme in (("voice", "vapi_secret"), ("code", "github"), ("billing", "stripe")):
        db.execute("select set_signing_secret(%s, %s, %s)", (source, SECRET, scheme))

    assert detail(db) == "no time is signed, guarded by the replay guard alone: code (github), voice (vapi_secret)"


def test_a_source_whose_scheme_lost_its_row_is_named(db):
    for source, scheme in (("voice", "vapi_secret"), ("code", "github")):
        db.execute("select set_signing_secret(%s, %s, %s)", (source, SECRET, scheme))
    db.execute("delete from webhook_schemes where scheme = 'github'")

    row = db.one("select * from health_of_schemes()")
    assert (row.status, row.detail) == ("warn", "scheme unknown: code (github)")
    assert "401" in row.hint
