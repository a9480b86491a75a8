-- One setting's value, for the functions that act on it. An unknown key is a mistake in the code or a deleted row, and
-- an error: a guessed value could do harm.
create or replace function setting(p_key text)
returns text
language plpgsql stable set search_path from current
as $$
declare
  v_value text;
begin
  select s.value into v_value from settings as s where s.key = p_key;

  if not found then
    raise exception using errcode = 'PF005',
      message = format('there is no setting %L', p_key),
      hint = 'The table settings lost this row: insert it again, its meaning stands in the migration that seeds it.';
  end if;

  return v_value;
end
$$;

comment on function setting(text) is 'The value of a setting as text. PF005 for an unknown key.';
