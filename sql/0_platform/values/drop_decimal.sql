-- A number as a spreadsheet writes it back: blanks around it and .0 behind it go. What is not digits and .0 is
-- returned trimmed.
create or replace function drop_decimal(p_value text)
returns text
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  v_value text := btrim(p_value, E' \t\r\n\u00a0');
begin
  if right(v_value, 2) = '.0' and translate(left(v_value, -2), '0123456789', '') = '' then
    return left(v_value, -2);
  end if;

  return v_value;
end
$$;

comment on function drop_decimal(text) is
  'Trimmed; digits followed by .0 without the .0: 395965838.0 gives 395965838.';
