import pytest

from conftest import Clock, connect_to


def check(db):
    return db.one("select * from health_of_logs()")


def test_a_server_that_logs_no_parameters_is_fine(db):
    db.execute("set local log_statement = 'all'; set local log_parameter_max_length = 0")

    assert check(db).status == "ok"


@pytest.mark.parametrize(
    "settings",
    [
        "set local log_statement = 'all'; set local log_parameter_max_length = -1",
        "set local log_statement = 'mod'; set local log_parameter_max_length = 100",
        "set local log_min_duration_statement = 1000; set local log_parameter_max_length = -1",
        "set local log_min_duration_sample = 10; set local log_parameter_max_length = -1",
        "set local log_parameter_max_length_on_error = 20",
    ],
)
def test_one_that_may_log_them_is_warned_of(db, settings):
    db.execute(settings)

    row = check(db)
    assert row.status == "warn"
    assert "log_parameter_max_length" in row.detail
    assert row.hint


def test_auto_explain_is_looked_at_where_it_logs_parameters(db):
    db.execute("load 'auto_explain'; set local auto_explain.log_min_duration = 0")

    # PostgreSQL 15 has no such setting, and its auto_explain logs none
    assert check(db).status == ("warn" if db.info.server_version >= 160000 else "ok")
    db.execute("set local auto_explain.log_min_duration = -1")
    assert check(db).status == "ok"


@pytest.mark.parametrize("setting", ["auto_explain.log_nested_statements", "auto_explain.log_verbose"])
def test_auto_explain_is_looked_at_where_its_plans_have_values(db, setting):
    db.execute(f"load 'auto_explain'; set local auto_explain.log_min_duration = 0; set local {setting} = on")

    row = check(db)
    assert row.status == "warn"
    assert f"{setting} = on" in row.detail


def test_plans_that_are_printed_are_warned_of(clone, server):
    with connect_to(server.url(clone.info.dbname), Clock(), options="-c debug_print_plan=on") as printing:
        row = printing.one("select * from pipeline_health() where check_name = 'logged_parameters'")

    assert row.status == "warn"
    assert "debug_print_plan = on" in row.detail


def test_without_statements_in_the_log_there_are_no_parameters(db):
    db.execute("set local log_statement = 'ddl'; set local log_parameter_max_length = -1")
    db.execute("set local log_min_duration_statement = -1")

    assert check(db).status == "ok"
