-- The five digits that make a parcel number unique, from what vendors ship: Los Angeles, LOS ANGELES COUNTY, St.
-- Louis City, Miami-Dade, DeKalb, or the code itself, which spreadsheets rob of its zero. A bare name is the
-- county's where a city of the same name is a county of its own. Where the state is missing or has no such
-- county, a name counts that only one county of the country has; where the state contradicts a name that several have,
-- the most populous is meant, since a list gives a wrong state more easily than a wrong county.
--
-- Immutable, although it reads reference tables, on the terms of address_dictionary: never in an index.
-- Security definer: the reference tables and the helpers are the owner's alone.
create or replace function county_fips(p_county text, p_state text)
returns text
language plpgsql immutable parallel safe security definer set search_path from current
as $$
declare
  v_digits text := drop_decimal(p_county);
  v_state text;
  v_words text[];
  v_last text;
  v_name text;
  v_bare text;
begin
  if translate(v_digits, '0123456789', '') = '' then
    v_digits := case
      when char_length(v_digits) between 4 and 5 then lpad(v_digits, 5, '0')
      when char_length(v_digits) between 1 and 3
        then (state_dictionary() -> state_code(p_state) ->> 'fips') || lpad(v_digits, 3, '0')
    end;

    return case when right(v_digits, 3) <> '000' and state_dictionary() ? left(v_digits, 2) then v_digits end;
  end if;

  if p_county is null or greatest(octet_length(p_county), octet_length(p_state)) > 100 then
    return null;
  end if;

  v_state := state_code(p_state);
  v_words := split_address(p_county);
  v_last := v_words[cardinality(v_words)];

  -- Los Angeles, CA
  if cardinality(v_words) > 1 and state_dictionary() -> v_last ->> 'state' = v_state and char_length(v_last) = 2 then
    v_words := trim_array(v_words, 1);
    v_last := v_words[cardinality(v_words)];
  end if;

  v_name := place_name(v_words);
  v_bare := case when address_dictionary('county') ? v_last then place_name(trim_array(v_words, 1)) end;

  return coalesce(
    county_dictionary() ->> (v_state || ' ' || v_name),
    county_dictionary() ->> (v_state || ' ' || v_bare),
    county_dictionary() ->> ('* ' || v_name),
    county_dictionary() ->> ('* ' || v_bare),
    case when v_state is not null then county_dictionary() ->> ('XX ' || coalesce(v_bare, v_name)) end
  );
end
$$;

comment on function county_fips(text, text) is
  'FIPS code of a county: two digits of the state, three of the county (ANSI INCITS 31). Takes a name and '
  'its state, or a code. Null if unknown.';

grant execute on function county_fips(text, text) to pipeline_writer;
