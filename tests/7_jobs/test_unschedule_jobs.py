UNSCHEDULE = "select * from unschedule_jobs()"


def test_what_was_registered_is_taken_back_and_nothing_else(pg_cron):
    pg_cron.execute("select cron.schedule('vacuum', '0 3 * * *', 'vacuum')")
    pg_cron.execute("select schedule_jobs()")
    calls = {row.command for row in pg_cron.rows("select command from job_calls()")}

    assert {row[0] for row in pg_cron.rows(UNSCHEDULE)} == calls

    assert [row.jobname for row in pg_cron.rows("select jobname from cron.job")] == ["vacuum"]
    assert pg_cron.rows(UNSCHEDULE) == []


def test_the_same_call_for_another_database_stays(pg_cron):
    pg_cron.execute("select schedule_jobs()")
    pg_cron.execute("update cron.job set database = 'another'")

    assert pg_cron.rows(UNSCHEDULE) == []


def test_without_pg_cron_there_is_nothing_to_take_back(db):
    assert db.rows(UNSCHEDULE) == []


def test_who_uninstalls_leaves_no_call_behind(pg_cron):
    from pgfunnel.loader import unload_code

    pg_cron.execute("select schedule_jobs()")

    unload_code(pg_cron)

    assert pg_cron.value("select count(*) from cron.job") == 0
