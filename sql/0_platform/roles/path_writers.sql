-- The roles that have a hand in what runs with the owner's rights. A role that may create in a schema of the path, or
-- once did, can have a function or an operator there that fits a call better than ours; the triggers of a role that may
-- make them on our tables run in every function that writes there. Other tables in the schema don't matter.
create or replace function path_writers()
returns table (role name, danger text, remedy text)
language sql stable set search_path from current
as $$
  with schemas as (
    select n.oid, n.nspname, n.nspowner, n.nspacl
      from pg_namespace as n
     where n.nspname = any(current_schemas(false))
       and n.nspname !~ '^pg_temp'
  ),

  hands as (
    select
      a.grantee,
      format('may create in schema %I', n.nspname) as danger,
      format('revoke create on schema %I from …;', n.nspname) as remedy
      from schemas as n
     cross join lateral (
       select n.nspowner as grantee
       union
       select a.grantee
         from aclexplode(n.nspacl) as a
        where a.privilege_type = 'CREATE'
     ) as a
    union
    select
      o.owner,
      format('owns functions or operators in schema %I', n.nspname),
      format('drop them, or look at them and alter … owner to %I;', current_user)
      from schemas as n
      join (
        select 'pg_proc'::regclass as class, p.oid, p.pronamespace as schema, p.proowner as owner from pg_proc as p
        union all
        select 'pg_operator'::regclass, o.oid, o.oprnamespace, o.oprowner from pg_operator as o
      ) as o on o.schema = n.oid
     where not exists (
       select from pg_depend as d where d.classid = o.class and d.objid = o.oid and d.deptype = 'e'
     )
    union
    select
      a.grantee,
      format('may make triggers on %I', c.relname),
      format('revoke trigger on %I.%I from …;', n.nspname, c.relname)
      from schemas as n
      join pg_class as c on c.relnamespace = n.oid and c.relkind in ('r', 'p', 'v')
     cross join lateral (
       select c.relowner as grantee
       union
       select a.grantee
         from aclexplode(c.relacl) as a
        where a.privilege_type = 'TRIGGER'
     ) as a
     where n.nspname = current_schema()
       and (
         exists (select from installation as i where i.fact = 'tables' and i.value ? c.relname)
         or exists (select from code_objects as o where o.kind = 'view' and o.identity = format('%I', c.relname))
       )
  )

  select coalesce(r.rolname, 'public'), h.danger, h.remedy
    from hands as h
    left join pg_roles as r on r.oid = h.grantee
   where h.grantee = 0
      or not (
        r.rolsuper
        or r.rolname in ('pg_database_owner', current_user)
        or r.oid = (select b.datdba from pg_database as b where b.datname = current_database())
      )
   order by 1, 2;
$$;

comment on function path_writers() is
  'The roles that may create in a schema of the path, own functions or operators there, or may make triggers in the'
  ' package''s schema: public for everybody. Not the role that asks, the database''s owner, superusers or extensions.';
