-- Does what is due. Call it every few minutes from pg_cron, n8n or cron: each job runs once a local day, whoever calls.
--
-- Security definer: jobs work on what is the owner's alone, and the caller may not choose the time.
create or replace procedure run_due_jobs()
language plpgsql
security definer
set search_path from current
as $$
begin
  call run_due_jobs(clock_timestamp());
end
$$;

-- Does what is due at a given time. Callers at once share the work: what one of them is at, the others pass over.
create or replace procedure run_due_jobs(p_now timestamptz, p_job text default null)
language plpgsql
set search_path from current
as $$
declare
  v_due record;
begin
  for v_due in
    select d.job, d.subject, d.day
      from due_jobs(p_now) as d
     where p_job is null
        or d.job = p_job
  loop
    perform run_job(v_due.job, v_due.subject, v_due.day, p_now);
  end loop;
end
$$;

comment on procedure run_due_jobs () is
  'Runs every job that is due now and not done today, all in one transaction. What fails is recorded in job_runs and'
  ' tried again at the next call.';
comment on procedure run_due_jobs (timestamptz, text) is
  'run_due_jobs at a given time, or of it only the job p_job.';

grant execute on procedure run_due_jobs() to pipeline_writer;
