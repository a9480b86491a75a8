-- Takes back what schedule_jobs registered with pg_cron.
create or replace function unschedule_jobs()
returns setof text
language plpgsql
volatile
set search_path from current
as $$
declare
  v_job record;
begin
  if not can_use_pg_cron() then
    return;
  end if;

  for v_job in
    execute format(
      'select j.jobid, j.command from %I.job as j where j.database = current_database() and j.command = any($1)', 'cron'
    ) using array(select c.command from job_calls() as c)
  loop
    execute format('select %I.unschedule($1)', 'cron') using v_job.jobid;
    return next v_job.command;
  end loop;
end
$$;

comment on function unschedule_jobs() is
  'The commands that pg_cron called and calls no more; none where it is not used.';

revoke all on function unschedule_jobs() from public;
