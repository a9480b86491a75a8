-- Are the keys there, do they open, are they where a reader of the database can't reach them, and are the old ones
-- gone? Where keys come with each session and this one brought none, sealing can't be tried, and says so.
create or replace function health_of_keys()
returns table (check_name text, status text, detail text, hint text)
language sql stable set search_path from current
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
      when s.value = 'local'
        then 'A backup holds the key beside what it opens: move_keys to vault or session, as docs/keys.md says.'
    end
    from (select (select t.value from settings as t where t.key = 'key_provider')) as s (value)
  union all
  select
    'sealing',
    case when k.problem is null then 'ok' when k.is_locked then 'warn' else 'fail' end,
    case
      when k.problem is null then (select counted(count(*), 'data key opens', 'data keys open') from data_keys)
      when k.is_locked then 'not tried: the keys are not unlocked in this transaction'
      else k.problem
    end,
    case
      when k.problem is null then null
      when k.is_locked then 'As the owner, call unlock_keys and then pipeline_health in one transaction.'
      else 'Nothing can be sealed or opened: docs/keys.md says where each provider keeps its key. Restore it from there.'
    end
    from (
      select
        key_problem(),
        exists (select from settings as s where s.key = 'key_provider' and s.value = 'session')
        and unlocked_key() is null
    ) as k (problem, is_locked)
  union all
  select
    'old_data_keys',
    case when count(*) > 1 then 'warn' else 'ok' end,
    case
      when count(*) > 1
        then 'rotated, but not retired: data key ' || string_agg(d.version::text, ', ' order by d.version)
          filter (where d.version < d.newest)
      else 'no old data key is kept'
    end,
    case
      when count(*) > 1 then 'Call reseal_leads until it returns 0, then retire_data_key for each.'
    end
    from (
      select k.version, max(k.version) over () as newest
        from data_keys as k
       where k.purpose = 'seal'
    ) as d;
$$;

comment on function health_of_keys() is
  'Checks key_provider (warns while it is local), sealing (fails if a key does not open) and old_data_keys (warns of'
  ' those not retired).';
