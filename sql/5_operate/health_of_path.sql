-- May somebody else create in the schemas that every function of the package looks into?
create or replace function health_of_path()
returns table (check_name text, status text, detail text, hint text)
language sql
stable
set search_path from current
as $$
  select
    'search_path',
    case when bool_or(w.role = 'public') then 'fail' when count(w.role) > 0 then 'warn' else 'ok' end,
    coalesce(
      string_agg(format('%s may create in schema %I', w.role, w.schema), ', ' order by w.schema, w.role),
      'nobody else may create in the schemas of the path'
    ),
    case
      when count(w.role) > 0
        then 'He could put functions in the way, which run with the owner''s rights: revoke create on schema … from …;'
    end
    from path_writers() as w;
$$;

comment on function health_of_path() is
  'Check search_path: warns if a role may create in a schema of the path, fails if everybody may.';

revoke all on function health_of_path() from public;
