-- An advisory lock of ours that a stranger holds. Our functions lock the row of locks first, and with it the table in
-- row share mode, which nobody but the owner can; a session without that took the key it saw in pg_locks. It keeps
-- nobody waiting, but pg_locks then shows the wrong session at work.
create or replace function health_of_locks()
returns table (check_name text, status text, detail text, hint text)
language sql stable set search_path from current
as $$
  with strangers as (
    select k.name, l.pid, coalesce(a.usename, 'a prepared transaction') as login
      from locks as k
      join pg_locks as l
        on l.locktype = 'advisory'
       and l.objsubid = 1
       and (l.classid::bigint << 32) | l.objid::bigint = lock_key(k.name)
       and l.granted
       and l.database = (select d.oid from pg_database as d where d.datname = current_database())
      left join pg_stat_activity as a on a.pid = l.pid
     where not exists (
       select
         from pg_locks as r
        where r.virtualtransaction = l.virtualtransaction
          and r.relation = 'locks'::regclass
          and r.mode = 'RowShareLock'
          and r.granted
     )
  )

  select
    'advisory_locks',
    case when count(*) = 0 then 'ok' else 'warn' end,
    coalesce(
      string_agg(format('%s (pid %s) holds %s', s.login, s.pid, s.name), ', ' order by s.name, s.pid),
      'nobody else holds one of ours'
    ),
    case
      when count(*) > 0
        then 'No function of the pipeline holds it, and none waits for it: ask the login why, or end its session with'
          ' pg_terminate_backend.'
    end
    from strangers as s;
$$;

comment on function health_of_locks() is
  'Check advisory_locks: warns of logins that hold an advisory lock with the key of a row of locks, without that row.';
