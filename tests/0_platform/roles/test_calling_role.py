def test_it_is_the_login_until_somebody_sets_a_role(db):
    assert db.value("select calling_role() = session_user")


def test_it_is_the_role_that_was_set_also_from_within_a_definer(db):
    db.execute("grant execute on function calling_role() to pipeline_broker")
    db.execute(
        "create function ask() returns name language sql security definer as $$ select calling_role() $$;"
        "grant execute on function ask() to pipeline_broker"
    )
    with db.acting_as("pipeline_broker"):
        assert db.value("select ask()") == "pipeline_broker"
