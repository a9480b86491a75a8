-- Records what the files of sql/ made, and drops what an earlier release made and this one doesn't.
--
-- Reads from settings, each a JSON list: pgfunnel.code_files, the files below sql/ in load order; pgfunnel.tables, the
-- tables that the migrations make.

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
   where c.relnamespace = quote_ident(current_schema())::regnamespace;

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

  insert into installation (fact, value)
  values ('tables', current_setting('pgfunnel.tables')::jsonb)
  on conflict (fact) do update set value = excluded.value;
end
$$;
