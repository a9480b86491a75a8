-- The ledger of jobs; only run_due_jobs writes it.
revoke all on job_runs from public, pipeline_writer, pipeline_broker, pipeline_reader;
grant select on job_runs to pipeline_writer, pipeline_reader;

drop policy if exists pipeline_writer on job_runs;
create policy pipeline_writer on job_runs to pipeline_writer using (true) with check (true);

drop policy if exists pipeline_reader on job_runs;
create policy pipeline_reader on job_runs for select to pipeline_reader using (true);
