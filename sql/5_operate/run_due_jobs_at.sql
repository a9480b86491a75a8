-- Does what is due at a given time. Callers at once share the work: what one of them is at, the others pass over.
create or replace procedure run_due_jobs_at(p_now timestamptz, p_job text default null)
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

comment on procedure run_due_jobs_at (timestamptz, text) is
  'run_due_jobs at a given time, or of it only the job p_job.';

revoke all on procedure run_due_jobs_at(timestamptz, text) from public;
