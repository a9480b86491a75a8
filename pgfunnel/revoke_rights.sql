-- Takes everything of ours from everybody but the owner, and our policies with it, before the files grant what this
-- release gives: so a right that a release drops is gone from upgraded databases too, and nothing comes by default
-- privileges. The rollback of the code runs it as well.
--
-- An adopted table leads keeps the grants it had: there only the group roles lose what they have.

do $$
declare
  v_groups constant text[] := array['pipeline_writer', 'pipeline_broker', 'pipeline_reader'];
  v_api constant text[] := array['anon', 'authenticated', 'service_role'];
  v_everybody text;
  v_right record;
  v_policy record;
begin
  select string_agg(r.name, ', ')
    into v_everybody
    from (
      select 'public' as name
      union
      select quote_ident(r.rolname)
        from pg_roles as r
       where r.rolname = any(v_groups || v_api)
          or r.rolname <> current_user and exists (
            select
              from pg_default_acl as d
             cross join aclexplode(d.defaclacl) as a
             where d.defaclrole = (select u.oid from pg_roles as u where u.rolname = current_user)
               and (d.defaclnamespace = 0 or d.defaclnamespace = quote_ident(current_schema())::regnamespace)
               and a.grantee = r.oid
          )
    ) as r;

  for v_right in
    with tables as (
      select c.oid, c.relname, coalesce(i.value @> '{"found": true}', false) as is_adopted
        from pg_class as c
        left join installation as i on i.fact = c.relname
       where c.relnamespace = quote_ident(current_schema())::regnamespace
         and c.relkind = 'r'
         and (
           current_setting('pgfunnel.tables')::jsonb ? c.relname
           or c.relname in ('_yoyo_log', '_yoyo_migration', '_yoyo_version', 'yoyo_lock')
         )
    )

    select
      case when o.kind in ('function', 'procedure') then 'routine' else 'table' end as kind,
      o.identity,
      false as is_adopted
      from code_objects as o
     where o.kind in ('function', 'procedure', 'view', 'materialized view')
    union all
    select 'table', format('%I', t.relname), t.is_adopted
      from tables as t
    union all
    select 'sequence', format('%I', s.relname), false
      from tables as t
      join pg_depend as d on d.refobjid = t.oid and d.deptype = 'a'
      join pg_class as s on s.oid = d.objid and s.relkind = 'S'
     where not t.is_adopted
  loop
    execute format(
      'revoke all on %s %s from %s',
      v_right.kind,
      v_right.identity,
      case when v_right.is_adopted then array_to_string(v_groups, ', ') else v_everybody end
    );
  end loop;

  for v_policy in
    select p.polname, c.relname
      from pg_policy as p
      join pg_class as c on c.oid = p.polrelid
     where c.relnamespace = quote_ident(current_schema())::regnamespace
       and p.polname like 'pipeline\_%'
       and current_setting('pgfunnel.tables')::jsonb ? c.relname
  loop
    execute format('drop policy %I on %I', v_policy.polname, v_policy.relname);
  end loop;
end
$$;
