def test_the_installation_has_made_a_key_to_seal_and_one_to_index(db):
    assert [row.purpose for row in db.rows("select purpose from data_keys order by purpose")] == ["index", "seal"]


def test_a_second_call_makes_nothing_more(db):
    before = db.rows("select * from data_keys order by version")

    db.execute("select ensure_keys()")

    assert db.rows("select * from data_keys order by version") == before


def test_a_broken_pgcrypto_is_found(db):
    db.execute("create or replace function unseal(p_context text, p_sealed bytea) returns bytea"
               " language sql as $$ select 'other'::bytea $$")  # fmt: skip

    with db.refused("PF013"):
        db.execute("select ensure_keys()")
