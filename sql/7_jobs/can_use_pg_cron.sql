-- Whether pg_cron is in this database and the current role may use it.
create or replace function can_use_pg_cron()
returns boolean
language sql stable set search_path from current
as $$
  select exists (
    select
      from pg_proc as p
      join pg_namespace as n on n.oid = p.pronamespace
     where n.nspname = 'cron'
       and p.proname = 'schedule'
       and p.pronargs = 3
       and has_schema_privilege(n.oid, 'usage')
       and has_function_privilege(p.oid, 'execute')
       and not has_untrusted_owner('cron', array['schedule', 'unschedule', 'job'])
  );
$$;

comment on function can_use_pg_cron() is 'True if cron.schedule(name, schedule, command) may be called here.';
