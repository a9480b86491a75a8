-- Registers the calls with pg_cron, every five minutes, or says how to schedule them elsewhere. That pg_cron knows GMT
-- only doesn't matter: the functions find out themselves what is due on the local day. Calling it again changes
-- nothing.
create or replace function schedule_jobs()
returns setof text
language plpgsql volatile set search_path from current
as $$
declare
  v_call record;
  v_shell text := '';
begin
  if can_use_pg_cron() then
    for v_call in select c.name, c.command from job_calls() as c loop
      execute 'select cron.schedule($1, $2, $3)' using v_call.name, '*/5 * * * *', v_call.command;
      return next format('pg_cron: every five minutes %s', v_call.command);
    end loop;

    return;
  end if;

  return next format(
    'Nothing is scheduled: pg_cron is not in this database, or not open to %I. One of these does it:', current_user
  );

  for v_call in select c.name, c.command from job_calls() as c loop
    return next format(
      'pg_cron, in database %I as %I: select cron.schedule(%L, %L, %L);',
      current_database(), current_user, v_call.name, '*/5 * * * *', v_call.command
    );
    return next format(
      'n8n: a Schedule Trigger every 5 minutes, then a Postgres node, Execute Query: %s;', v_call.command
    );
    -- a shell's quotes within quotes; cron takes a bare percent sign for a line end
    v_shell := v_shell || format(
      ' -c ''%s''', replace(replace(v_call.command, '''', '''"''"'''), '%', chr(92) || '%')
    );
  end loop;

  return next 'crontab: */5 * * * * psql -Xq "$DATABASE_URL"' || v_shell;
end
$$;

comment on function schedule_jobs() is
  'Where pg_cron may be used: registers the jobs, and says each. Otherwise says that nothing is scheduled, and a'
  ' line for each way to have them called: pg_cron elsewhere, n8n, crontab.';
