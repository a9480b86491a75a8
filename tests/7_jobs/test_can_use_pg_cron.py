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
    pg_cron.execute("grant execute on function can_use_pg_cron(), has_untrusted_owner(name, name[]) to pipeline_writer")
    pg_cron.execute(grant.encode())

    with pg_cron.acting_as("pipeline_writer"):
        assert pg_cron.value(CAN) is False


def test_one_that_somebody_made_up_is_not_used(pg_cron):
    pg_cron.execute("create role pgfunnel_guest")
    pg_cron.execute("grant create on schema cron to pgfunnel_guest")
    pg_cron.execute(
        "create function cron.schedule(text, text, varchar) returns bigint return 1;"
        " alter function cron.schedule(text, text, varchar) owner to pgfunnel_guest"
    )

    assert pg_cron.value(CAN) is False
    said = [row[0] for row in pg_cron.rows("select * from schedule_jobs()")]
    assert not any(line.startswith("pg_cron: every") for line in said)
