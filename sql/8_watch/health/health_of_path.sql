-- Whether another role can create objects in the schemas that every function of the package looks into, or triggers on
-- its tables.
create or replace function health_of_path()
returns table (check_name text, status text, detail text, hint text)
language sql stable set search_path from current
as $$
  select
    'search_path',
    case when bool_or(w.role = 'public') then 'fail' when count(w.role) > 0 then 'warn' else 'ok' end,
    coalesce(
      string_agg(w.role || ' ' || w.danger, ', ' order by w.danger, w.role),
      'nobody else may create in the schemas of the path'
    ),
    case
      when count(w.role) > 0 then
        'Such a role could put functions in the way, which run with the owner''s rights: '
        || string_agg(distinct replace(w.remedy, '…;', format('%I;', w.role)), ' ')
    end
    from path_writers() as w;
$$;

comment on function health_of_path() is
  'Check search_path: warns of a role, and fails for everybody, that may create in a schema of the path, has functions'
  ' there, or may make triggers on a table.';
