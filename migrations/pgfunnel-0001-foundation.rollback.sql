-- Takes back the usage of the schema, the roles that this installation made and no other uses, pgcrypto if
-- pgfunnel brought it and this is its last installation here, and at last its own records.

do $$
declare
  v_role text;
begin
  execute format('revoke usage on schema %I from pipeline_writer, pipeline_broker, pipeline_reader', current_schema());

  for v_role in
    select r.role
      from installation as i
     cross join jsonb_array_elements_text(i.value) as r (role)
     where i.fact = 'roles'
  loop
    if exists (select from pg_roles as r where r.rolname = 'service_role') and v_role = 'pipeline_writer' then
      revoke pipeline_writer from service_role;
    end if;

    if exists (select from pg_roles as r where r.rolname = 'authenticated') and v_role = 'pipeline_broker' then
      revoke pipeline_broker from authenticated;
    end if;

    -- a role was made a member by hand: the group stays, or a later installation would lose that
    continue when exists (
      select
        from pg_auth_members as m
        join pg_roles as r on r.oid = m.roleid
       where r.rolname = v_role
         and m.member <> (select u.oid from pg_roles as u where u.rolname = current_user)
    );

    begin
      execute format('drop role if exists %I', v_role);
    exception
      when dependent_objects_still_exist or insufficient_privilege then
        raise notice 'the role % stays: another database of this server uses it', v_role;
    end;
  end loop;
end
$$;

do $$
begin
  if exists (
    select
      from pg_extension as e
     where e.extname = 'pgcrypto'
       and obj_description(e.oid, 'pg_extension') = 'cryptographic functions, installed by pgfunnel'
  ) and 1 = (
    select count(*)
      from pg_class as c
     where c.relname = 'code_objects'
       and c.relkind = 'r'
  ) then
    drop extension pgcrypto;
  end if;
exception
  when dependent_objects_still_exist then
    raise notice 'pgcrypto stays: other objects of this database use it';
end
$$;

drop table if exists code_objects;
drop table if exists installation;
