def test_a_writer_may_call_it_at_any_time(clone, connect):
    service = connect("pipeline_writer")

    service.execute("call run_due_jobs()")
    service.execute("call run_due_jobs()")
