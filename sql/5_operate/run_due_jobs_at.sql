-- Does what is due at a given time. Of two callers at once the second finds nothing to do.
create or replace procedure run_due_jobs_at(p_now timestamptz)
language plpgsql
set search_path from current
as $$
declare
  v_due record;
begin
  if not pg_try_advisory_xact_lock(lock_key('jobs')) then
    return;
  end if;

  for v_due in select d.job, d.subject, d.day from due_jobs(p_now) as d loop
    perform run_job(v_due.job, v_due.subject, v_due.day, p_now);
  end loop;
end
$$;

comment on procedure run_due_jobs_at (timestamptz) is 'run_due_jobs at a given time.';

revoke all on procedure run_due_jobs_at(timestamptz) from public;
