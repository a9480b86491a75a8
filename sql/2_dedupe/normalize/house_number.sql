-- The house number that a word is: digits and what hangs on them (12, 12B, 34-20), or a grid's (N6W23001, A12).
-- Not an ordinal (5TH), not a word without digits, and not 0.
create or replace function house_number(p_word text)
returns text
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  v_number text := ltrim(p_word, '0');
begin
  if ascii(p_word) between 48 and 57 then
    -- after the zeros a letter or a hyphen: 0, 0-20, 0B
    if v_number = '' or not ascii(v_number) between 48 and 57 then
      return null;
    end if;

    return case when address_dictionary('ordinal ending') ? right(v_number, 2) then null else v_number end;
  end if;

  return case when ascii(substr(p_word, 2, 1)) between 48 and 57 then p_word end;
end
$$;

comment on function house_number(text) is
  'The word as a house number without leading zeros, null if it is none.';
