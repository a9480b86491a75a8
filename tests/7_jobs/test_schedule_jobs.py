import subprocess

import pytest

SCHEDULE = "select * from schedule_jobs()"


def lines(db):
    return [row[0] for row in db.rows(SCHEDULE)]


def test_with_pg_cron_both_calls_are_registered_once_every_five_minutes(pg_cron):
    lines(pg_cron)
    told = lines(pg_cron)

    calls = {row.command for row in pg_cron.rows("select command from job_calls()")}
    assert {(row.schedule, row.command) for row in pg_cron.rows("select * from cron.job")} == {
        ("*/5 * * * *", call) for call in calls
    }
    assert pg_cron.value("select count(*) from cron.job") == 2
    assert len(told) == 2
    assert all(any(call in line for line in told) for call in calls)


def test_without_it_nothing_is_changed_and_each_way_is_told(db):
    said, *told = lines(db)

    assert said.startswith("Nothing is scheduled: pg_cron is not in this database, or not open to ")
    assert [line.split(":")[0].split(",")[0] for line in told] == ["pg_cron", "n8n", "pg_cron", "n8n", "crontab"]
    for call in (row.command for row in db.rows("select command from job_calls()")):
        assert sum(call in line for line in told) == 3


def test_the_line_for_pg_cron_does_there_what_it_would_do_here(db, request):
    told = lines(db)
    pg_cron = request.getfixturevalue("pg_cron")

    for line in told:
        if line.startswith("pg_cron, "):
            pg_cron.execute(line[line.index("select ") :].encode())

    by_hand = pg_cron.rows("select jobname, schedule, command from cron.job order by 1")
    lines(pg_cron)
    assert pg_cron.rows("select jobname, schedule, command from cron.job order by 1") == by_hand


@pytest.mark.parametrize("schema", ["funnel", "Market West", "it's 100% ours"])
def test_the_crontab_line_passes_the_calls_through_cron_and_shell(db, schema):
    calls = [f'call "{schema}".feed_campaigns()', f'call "{schema}".run_due_jobs()']
    db.execute(
        "create or replace function job_calls() returns table (name text, command text) language sql stable"
        " set search_path from current as $$ select 'x', unnest(array[{}]) $$".format(
            ", ".join("'" + call.replace("'", "''") + "'" for call in calls)
        ).encode()
    )
    (line,) = (line for line in lines(db) if line.startswith("crontab: "))

    command = line.removeprefix("crontab: */5 * * * * ").replace("\\%", "%")  # as cron gives it to the shell
    printed = subprocess.run(
        ["sh", "-c", "psql() { printf '%s\n' \"$@\"; }; DATABASE_URL=the-url; " + command],
        capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip

    assert printed == ["-Xq", "the-url", "-c", calls[0], "-c", calls[1]]


def test_a_caller_whose_strings_have_escapes_gets_the_same(db):
    usual = lines(db)
    db.execute("set local standard_conforming_strings = off")

    assert lines(db) == usual
