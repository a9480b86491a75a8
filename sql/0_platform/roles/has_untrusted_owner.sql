-- Whether a schema that an extension should have made, or an object of it that we call, has an owner we can't trust. In
-- a database without the extension any role that may create schemas could make one of that name, and would be handed
-- keys or run as the owner.
create or replace function has_untrusted_owner(p_schema name, p_names name[])
returns boolean
language sql stable set search_path from current
as $$
  select exists (
    select
      from (
        select 'pg_namespace'::regclass as class, n.oid, n.nspname, n.nspowner as owner, p_names[1] as name
          from pg_namespace as n
        union all
        select 'pg_class'::regclass, c.oid, n.nspname, c.relowner, c.relname
          from pg_class as c
          join pg_namespace as n on n.oid = c.relnamespace
        union all
        select 'pg_proc'::regclass, p.oid, n.nspname, p.proowner, p.proname
          from pg_proc as p
          join pg_namespace as n on n.oid = p.pronamespace
      ) as o
      join pg_roles as r on r.oid = o.owner
     where o.nspname = p_schema
       and o.name = any(p_names)
       and not r.rolsuper
       and r.rolname <> current_user
       and not exists (
         select from pg_depend as d where d.classid = o.class and d.objid = o.oid and d.deptype = 'e'
       )
  );
$$;

comment on function has_untrusted_owner(name, name[]) is
  'True if the schema, or a table, view or function of these names in it, belongs neither to an extension nor to a'
  ' superuser nor to the current role.';
