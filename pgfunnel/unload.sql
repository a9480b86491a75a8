-- Drops what sql/ made, last made first; its rights are taken back before (revoke_rights.sql). pg_cron is told first, or
-- it would go on to call what is gone.

do $$
declare
  v_object record;
begin
  if to_regprocedure('unschedule_jobs()') is not null then
    perform unschedule_jobs();
  end if;

  for v_object in
    select o.kind, o.identity from code_objects as o order by o.load_order desc
  loop
    execute format('drop %s if exists %s', v_object.kind, v_object.identity);
  end loop;

  delete from code_objects;
end
$$;
