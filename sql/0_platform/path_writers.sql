-- Who else may create in the schemas of the package's path. Whoever may can put a function or an operator there which
-- fits a call better than the one that is meant, and have it run with the owner's rights.
create or replace function path_writers()
returns table (schema name, role name)
language sql
stable
set search_path from current
as $$
  select n.nspname, coalesce(r.rolname, 'public')
    from pg_namespace as n
   cross join lateral (
     select n.nspowner as grantee
     union
     select a.grantee
       from aclexplode(n.nspacl) as a
      where a.privilege_type = 'CREATE'
   ) as a
    left join pg_roles as r on r.oid = a.grantee
   where n.nspname = any(current_schemas(false))
     and n.nspname !~ '^pg_temp'
     and (a.grantee = 0 or not (r.rolsuper or r.rolname in ('pg_database_owner', current_user)))
   order by 1, 2;
$$;

comment on function path_writers() is
  'The schemas of the path with roles that may create in them: public for everybody. Not the role that asks, the'
  ' database''s owner, or superusers.';

revoke all on function path_writers() from public;
