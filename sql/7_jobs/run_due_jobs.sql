-- Does what is due. Call it every few minutes from pg_cron, n8n or cron: each job runs once a local day, however often
-- and by however many it is called.
--
-- Security definer: jobs work on what is the owner's alone, and the caller may not choose the time.
create or replace procedure run_due_jobs()
language plpgsql security definer set search_path from current
as $$
begin
  call run_due_jobs(null, clock_timestamp());
end
$$;

-- Does what is due at a given time. Simultaneous callers share the work: a job that one is doing, the others skip.
create or replace procedure run_due_jobs(p_job text, p_now timestamptz)
language plpgsql set search_path from current
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
comment on procedure run_due_jobs (text, timestamptz) is
  'run_due_jobs at a given time: only the job p_job, or all if it is null.';

grant execute on procedure run_due_jobs() to pipeline_writer;
