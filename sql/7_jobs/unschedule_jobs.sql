-- Removes what schedule_jobs registered with pg_cron.
create or replace function unschedule_jobs()
returns setof text
language plpgsql volatile set search_path from current
as $$
declare
  v_id bigint;
  v_command text;
begin
  if not can_use_pg_cron() then
    return;
  end if;

  for v_id, v_command in
    execute 'select j.jobid, j.command from cron.job as j where j.database = current_database() and j.command = any($1)'
      using array(select c.command from job_calls() as c)
  loop
    execute 'select cron.unschedule($1)' using v_id;
    return next v_command;
  end loop;
end
$$;

comment on function unschedule_jobs() is
  'The commands that pg_cron calls no longer; none where it isn''t used.';
