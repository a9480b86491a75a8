import pytest

CAN = "select can_use_pg_cron()"


def test_where_it_is_not_installed_it_cannot_be_used(db):
    assert db.value(CAN) is False


def test_where_it_is_installed_its_owner_can_use_it(pg_cron):
    assert pg_cron.value(CAN) is True


@pytest.mark.parametrize(
    "grant",
    [
        "grant usage on schema cron to pipeline_writer; revoke execute on all functions in schema cron from public",
        "revoke all on schema cron from public",
    ],
)
def test_who_has_no_right_to_it_cannot(pg_cron, grant):
    schema = pg_cron.value("select current_schema()")
    pg_cron.execute(f"grant execute on function {schema}.can_use_pg_cron() to pipeline_writer; {grant}")

    with pg_cron.acting_as("pipeline_writer"):
        assert pg_cron.value(CAN) is False
