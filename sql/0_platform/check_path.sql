-- The end of an installation: where everybody may create in a schema of the path, nothing of what was installed could
-- be trusted, so it is refused. Single roles are the owner's to judge: health goes on warning of them.
create or replace function check_path()
returns void
language plpgsql
stable
set search_path from current
as $$
declare
  v_writer record;
begin
  for v_writer in select w.schema, w.role from path_writers() as w loop
    if v_writer.role = 'public' then
      raise exception using errcode = 'PF077',
        message = format('everybody may create in schema %I, and could put functions in the way', v_writer.schema),
        hint = format('revoke create on schema %I from public;', v_writer.schema);
    end if;

    raise warning '% may create in schema %, and could put functions in the way of pgfunnel''s',
      v_writer.role, v_writer.schema;
  end loop;
end
$$;

comment on function check_path() is
  'PF077 if everybody may create in a schema of the path; a warning for each role that may.';

revoke all on function check_path() from public;
