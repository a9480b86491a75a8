def test_nobody_else_writes_into_the_path(db):
    assert db.rows("select * from path_writers()") == []


def test_a_role_that_may_create_in_a_schema_of_the_path_is_named(db):
    db.execute("create role pgfunnel_guest")
    db.execute("grant create on schema public to pgfunnel_guest")
    db.execute(f"grant create on schema {db.value('select quote_ident(current_schema())')} to public")

    assert {tuple(row) for row in db.rows("select * from path_writers()")} == {
        ("public", "pgfunnel_guest"), (db.value("select current_schema()"), "public"),
    }  # fmt: skip


def test_the_owner_of_a_schema_is_one_who_may(db):
    db.execute("create role pgfunnel_guest")
    db.execute("alter schema public owner to pgfunnel_guest")

    assert db.rows("select role from path_writers()") == [("pgfunnel_guest",)]
