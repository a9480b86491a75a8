-- Drops what sql/ made, last made first, and takes back the grants on the tables. pg_cron is told first, or it would go
-- on to call what is gone.

do $$
begin
  if to_regprocedure('unschedule_jobs()') is not null then
    perform unschedule_jobs();
  end if;
end
$$;

do $$
declare
  v_object record;
  v_table text;
begin
  for v_object in
    select o.kind, o.identity from code_objects as o order by o.load_order desc
  loop
    execute format('drop %s if exists %s', v_object.kind, v_object.identity);
  end loop;

  delete from code_objects;

  for v_table in
    select c.oid::regclass::text
      from pg_class as c
     where c.relnamespace = quote_ident(current_schema())::regnamespace
       and c.relkind = 'r'
       and exists (
         select
           from aclexplode(c.relacl) as a
           join pg_roles as r on r.oid = a.grantee
          where r.rolname in ('pipeline_writer', 'pipeline_broker', 'pipeline_reader')
         union all
         select
           from pg_attribute as t
          cross join aclexplode(t.attacl) as a
           join pg_roles as r on r.oid = a.grantee
          where t.attrelid = c.oid
            and r.rolname in ('pipeline_writer', 'pipeline_broker', 'pipeline_reader')
       )
  loop
    execute format('revoke all on table %s from pipeline_writer, pipeline_broker, pipeline_reader', v_table);
  end loop;
end
$$;
