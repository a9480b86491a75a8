-- Are the keys there, do they open, and are they where a reader of the database can't reach them?
create or replace function health_of_keys()
returns table (check_name text, status text, detail text, hint text)
language sql
stable
set search_path from current
as $$
  select
    'key_provider',
    case when s.value = 'local' then 'warn' else 'ok' end,
    case
      when s.value is null then 'the setting key_provider is missing: see sealing'
      when s.value = 'local' then 'the key-encryption key lies in this database (provider local)'
      else format('the key-encryption key comes from %s', s.value)
    end,
    case
      when s.value = 'local' then 'A backup holds the key beside what it opens: guard backups and superusers.'
    end
    from (select (select t.value from settings as t where t.key = 'key_provider')) as s (value)
  union all
  select
    'sealing',
    case when k.problem is null then 'ok' else 'fail' end,
    coalesce(
      k.problem,
      (select counted(count(*), 'data key opens', 'data keys open') from data_keys)
    ),
    case
      when k.problem is not null
        then 'Nothing can be sealed or opened: restore data_keys, local_keys and settings from a backup.'
    end
    from (select key_problem()) as k (problem);
$$;

comment on function health_of_keys() is 'Checks key_provider (warns while it is local) and sealing.';

revoke all on function health_of_keys() from public;
