-- The end of a load: records what the files of sql/ made, drops what an earlier release made and this one doesn't,
-- closes everything to the roles of an API, and makes and tests the keys.
--
-- Reads the files' names from pgfunnel.code_files (a JSON list, relative to sql/, in load order).

do $$
declare
  v_gone record;
begin
  create temporary table loaded_objects on commit drop as
  with files as (
    select
      f.ordinality as file_order,
      f.file,
      regexp_replace(f.file, '^.*/|\.sql$', '', 'g') as name
      from jsonb_array_elements_text(current_setting('pgfunnel.code_files')::jsonb) with ordinality as f (file)
  ),

  routines as (
    -- a routine of the same name that is not ours stays out: it does not have this load's pinned path
    select
      f.file_order,
      f.file,
      p.oid,
      case p.prokind when 'p' then 'procedure' else 'function' end as kind,
      format('%I(%s)', p.proname, pg_get_function_identity_arguments(p.oid)) as identity
      from files as f
      join pg_proc as p on p.proname = f.name
     where p.pronamespace = quote_ident(current_schema())::regnamespace
       and 'search_path=' || current_setting('search_path') = any(p.proconfig)
  )

  select r.file_order, 1 as step, r.kind, r.identity, r.file
    from routines as r
  union all
  select r.file_order, 2, 'trigger', format('%I on %I', t.tgname, c.relname), r.file
    from routines as r
    join pg_trigger as t on t.tgfoid = r.oid and not t.tgisinternal
    join pg_class as c on c.oid = t.tgrelid
  union all
  select
    f.file_order,
    1,
    case c.relkind when 'm' then 'materialized view' else 'view' end,
    format('%I', c.relname),
    f.file
    from files as f
    join pg_class as c on c.relname = f.name and c.relkind in ('v', 'm')
   where c.relnamespace = quote_ident(current_schema())::regnamespace
  union all
  select f.file_order, 2, 'policy', format('%I on %I', p.polname, c.relname), f.file
    from files as f
    join pg_class as c on c.relname = f.name and c.relkind = 'r'
    join pg_policy as p on p.polrelid = c.oid and p.polname like 'pipeline\_%'
   where c.relnamespace = quote_ident(current_schema())::regnamespace
     and f.file like '9\_access/%';

  for v_gone in
    select o.kind, o.identity
      from code_objects as o
     where not exists (
       select from loaded_objects as l where l.kind = o.kind and l.identity = o.identity
     )
     order by o.load_order desc
  loop
    execute format('drop %s if exists %s', v_gone.kind, v_gone.identity);
  end loop;

  delete from code_objects;
  insert into code_objects (load_order, kind, identity, file)
  select row_number() over (order by l.file_order, l.step, l.identity), l.kind, l.identity, l.file
    from loaded_objects as l;

  drop table loaded_objects;
end
$$;

-- which tables are ours: each has its file of rights
insert into installation (fact, value)
select 'tables' as fact, jsonb_agg(substring(f.file from '9_access/(.*)[.]sql$') order by f.file) as value
  from jsonb_array_elements_text(current_setting('pgfunnel.code_files')::jsonb) as f (file)
 where f.file like '9\_access/%'
on conflict (fact) do update set value = excluded.value;

-- nobody gets anything by default privileges, an API's roles least of all; they reach the package through the group
-- roles alone
do $$
declare
  v_role text;
  v_object text;
begin
  for v_role in
    select r.rolname
      from pg_roles as r
     where r.rolname in ('anon', 'authenticated', 'service_role')
        or r.rolname not in (current_user, 'pipeline_writer', 'pipeline_broker', 'pipeline_reader') and exists (
          select
            from pg_default_acl as d
           cross join aclexplode(d.defaclacl) as a
           where d.defaclrole = (select u.oid from pg_roles as u where u.rolname = current_user)
             and (d.defaclnamespace = 0 or d.defaclnamespace = quote_ident(current_schema())::regnamespace)
             and a.grantee = r.oid
        )
    union all
    select 'public'
  loop
    for v_object in
      select format('routine %s', o.identity)
        from code_objects as o
       where o.kind in ('function', 'procedure')
      union all
      select format('table %s', o.identity)
        from code_objects as o
       where o.kind in ('view', 'materialized view')
      union all
      select format('%s %I', case t.kind when 'S' then 'sequence' else 'table' end, t.name)
        from (
          -- our tables, each with its file of rights, and yoyo's; then their sequences
          with tables as (
            select c.oid, c.relname
              from pg_class as c
             where c.relnamespace = quote_ident(current_schema())::regnamespace
               and c.relkind = 'r'
               and (
                 current_setting('pgfunnel.code_files')::jsonb ? format('9_access/%s.sql', c.relname)
                 or c.relname in ('_yoyo_log', '_yoyo_migration', '_yoyo_version', 'yoyo_lock')
               )
               and not exists (
                 select from installation as i where i.fact = c.relname and i.value @> '{"found": true}'
               )
          )

          select c.relname as name, 'r' as kind from tables as c
          union all
          select s.relname, 'S'
            from tables as c
            join pg_depend as d on d.refobjid = c.oid and d.deptype = 'a'
            join pg_class as s on s.oid = d.objid and s.relkind = 'S'
        ) as t
    loop
      execute format('revoke all on %s from %I', v_object, v_role);
    end loop;
  end loop;
end
$$;

do $$
begin
  perform check_path();
  perform ensure_keys();
end
$$;

-- the one function meant for the net, where the owner has opened it
do $$
declare
  v_role text;
begin
  for v_role in
    select r.rolname
      from pg_roles as r
     where r.rolname = any(regexp_split_to_array(btrim(setting('lead_upload_roles')), '\s*,\s*'))
  loop
    execute format('grant execute on function lead_upload(bytea) to %I', v_role);
  end loop;
end
$$;
