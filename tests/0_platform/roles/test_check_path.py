def test_a_path_that_everybody_may_write_into_is_refused(db):
    db.execute("select check_path()")
    db.execute("grant create on schema public to public")

    with db.refused("PF077"):
        db.execute("select check_path()")


def test_a_role_that_may_is_warned_of(db):
    db.execute("create role pgfunnel_guest")
    db.execute("grant create on schema public to pgfunnel_guest")
    heard = []

    def hear(notice):
        heard.append(notice.message_primary)

    db.add_notice_handler(hear)
    try:
        db.execute("select check_path()")
    finally:
        db.remove_notice_handler(hear)

    assert heard == ["pgfunnel_guest may create in schema public, and could put functions in the way of pgfunnel's"]
