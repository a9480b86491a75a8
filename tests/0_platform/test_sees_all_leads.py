import pytest


@pytest.mark.parametrize(("role", "sees"), [("pipeline_writer", True), ("pipeline_broker", False)])
def test_only_services_and_owners_see_all(db, role, sees):
    with db.acting_as(role):
        assert db.value("select sees_all_leads()") is sees
