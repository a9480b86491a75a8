-- Does what is due. Call it every few minutes from pg_cron, n8n or cron: each job runs once a local day, whoever calls.
--
-- Security definer: jobs work on what is the owner's alone, and the caller may not choose the time.
create or replace procedure run_due_jobs()
language plpgsql
security definer
set search_path from current
set debug_print_plan = off
as $$
begin
  call run_due_jobs_at(now());
end
$$;

comment on procedure run_due_jobs () is
  'Runs every job that is due now and not done today, all in one transaction. What fails is recorded in job_runs and'
  ' tried again at the next call.';

revoke all on procedure run_due_jobs() from public;
grant execute on procedure run_due_jobs() to pipeline_writer;
