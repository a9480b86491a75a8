def health(db):
    return db.one("select status, detail from health_of_path()")


def test_it_tells_who_may_create_where_the_functions_look(db):
    assert health(db) == ("ok", "nobody else may create in the schemas of the path")

    db.execute("create role pgfunnel_guest")
    db.execute("grant create on schema public to pgfunnel_guest")
    assert health(db) == ("warn", "pgfunnel_guest may create in schema public")

    db.execute("grant create on schema public to public")
    assert health(db).status == "fail"
