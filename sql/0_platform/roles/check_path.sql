-- The end of an installation. Where every role may create in a schema of the path, or make triggers on our tables,
-- nothing that was installed could be trusted, so it is refused. Single roles are the owner's to judge: health keeps
-- warning of them.
create or replace function check_path()
returns void
language plpgsql stable set search_path from current
as $$
declare
  v_writer record;
begin
  for v_writer in select w.role, w.danger, w.remedy from path_writers() as w loop
    if v_writer.role = 'public' then
      raise exception using errcode = 'PF077',
        message = format('everybody %s, and could put functions in the way', v_writer.danger),
        hint = replace(v_writer.remedy, '…', 'public');
    end if;

    raise warning '% %, and could put functions in the way of pgfunnel''s', v_writer.role, v_writer.danger;
  end loop;
end
$$;

comment on function check_path() is
  'PF077 if public is among path_writers; a warning for each role that is.';
