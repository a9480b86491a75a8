-- What stands in the way of sealing, in words, or nothing. Only the errors that the keys' own functions raise
-- are turned into an answer.
create or replace function key_problem()
returns text
language plpgsql stable set search_path from current
as $$
declare
  v_missing text;
begin
  select string_agg(p.purpose, ' and ' order by p.purpose)
    into v_missing
    from (values ('index'), ('seal')) as p (purpose)
   where not exists (select from data_keys as d where d.purpose = p.purpose);

  if v_missing is not null then
    return format('there is no data key for: %s', v_missing);
  end if;

  -- opens every key, then seals with the newest
  perform from key_ring();

  if unseal('self-test', seal('self-test', e'\\x00ff')) is distinct from e'\\x00ff'::bytea then
    return 'what was sealed does not open to the same';
  end if;

  return null;
exception
  when sqlstate 'PF005' or sqlstate 'PF010' or sqlstate 'PF011' or sqlstate 'PF012' or sqlstate 'PF014' or sqlstate 'PF015'
    or sqlstate 'PF019' then
    return sqlerrm;
end
$$;

comment on function key_problem() is
  'Why sealing does not work; null if every data key opens and the newest seals.';
