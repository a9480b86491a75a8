-- Where an address is: its five-digit ZIP, since a ZIP has many city names; without one, city and state.
-- Spreadsheets drop leading zeros and add .0, vendors append the +4 with or without a hyphen.
create or replace function standard_place(p_city text, p_state text, p_zip text)
returns text
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  v_zip text := translate(p_zip, ' ' || chr(160) || chr(9), '');
  v_city text;
begin
  if right(v_zip, 2) = '.0' then
    v_zip := left(v_zip, -2);
  end if;

  v_zip := case
    when strpos(v_zip, '-') > 0 then split_part(v_zip, '-', 1)
    when char_length(v_zip) between 7 and 9 then left(lpad(v_zip, 9, '0'), 5)
    else v_zip
  end;

  if char_length(v_zip) between 3 and 5 and translate(v_zip, '0123456789', '') = '' and ltrim(v_zip, '0') <> '' then
    return lpad(v_zip, 5, '0');
  end if;

  v_city := place_name(split_address(p_city));

  return v_city || ' ' || state_code(p_state);
end
$$;

comment on function standard_place(text, text, text) is
  'Five digits of the ZIP, else city and state (LOSANGELES CA), else null.';
