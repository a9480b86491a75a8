def test_there_is_none_on_a_plain_server(db):
    assert db.value("select has_vault()") is False


def test_it_is_there_where_its_view_is(db, vault):
    assert db.value("select has_vault()") is True


def test_one_that_the_role_may_not_read_does_not_count(db, vault):
    db.execute(
        "grant usage on schema funnel to pipeline_writer;"
        "grant execute on function has_vault(), has_untrusted_owner(name, name[]) to pipeline_writer"
    )

    with db.acting_as("pipeline_writer"):
        assert db.value("select has_vault()") is False
    db.execute("grant usage on schema vault to pipeline_writer")
    with db.acting_as("pipeline_writer"):
        assert db.value("select has_vault()") is False


def test_one_that_somebody_made_up_does_not_count(db, vault):
    db.execute("create role pgfunnel_guest")
    db.execute("alter view vault.decrypted_secrets owner to pgfunnel_guest")

    assert db.value("select has_vault()") is False
    with db.refused("PF016"):
        db.execute("select move_keys('vault')")
