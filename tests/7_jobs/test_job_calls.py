def test_each_call_names_its_schema(db):
    schema = db.value("select current_schema()")

    assert db.rows("select * from job_calls()") == [
        (f"feed_campaigns of {schema}", f"call {schema}.feed_campaigns()"),
        (f"run_due_jobs of {schema}", f"call {schema}.run_due_jobs()"),
    ]


def test_each_call_runs_whatever_the_path(clone, connect):
    calls = [row.command for row in clone.rows("select command from job_calls()")]
    service = connect("pipeline_writer")
    service.execute("set search_path = ''")

    for call in calls:
        service.execute(call)
