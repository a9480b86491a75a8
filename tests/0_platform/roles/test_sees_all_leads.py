import pytest


@pytest.mark.parametrize(("role", "sees"), [("pipeline_writer", True), ("pipeline_broker", False)])
def test_only_services_and_owners_see_all(db, role, sees):
    with db.acting_as(role):
        assert db.value("select sees_all_leads()") is sees


def test_an_owner_who_is_no_member_sees_all(db):
    db.execute("create role plain_owner in role pipeline_broker")
    with db.acting_as("plain_owner"):
        assert db.value("select sees_all_leads()") is False

    db.execute("alter table leads owner to plain_owner")

    with db.acting_as("plain_owner"):
        assert db.value("select sees_all_leads()") is True
