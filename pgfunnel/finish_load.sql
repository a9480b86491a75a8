-- The end of a load: pins what a caller's session could bend, makes and tests the keys, opens what the owner has opened.

-- what runs with the owner's rights prints no plan, in which keys would stand as constants
do $$
declare
  v_routine text;
begin
  for v_routine in
    select format('%I(%s)', p.proname, pg_get_function_identity_arguments(p.oid))
      from code_objects as o
      join pg_proc as p on format('%I(%s)', p.proname, pg_get_function_identity_arguments(p.oid)) = o.identity
     where o.kind in ('function', 'procedure')
       and p.pronamespace = quote_ident(current_schema())::regnamespace
       and p.prosecdef
  loop
    execute format('alter routine %s set debug_print_plan = off', v_routine);
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
