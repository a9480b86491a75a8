-- One spelling for each US address, 'street|unit|place', by USPS Publication 28. docs/address.md has the rules.
--
-- Two addresses are the same where it is equal. A rule may miss that two spellings are one address; it must not join
-- two addresses. Normalised text is its own normal form, given back in its parts or whole as the street.
--
-- Immutable, although it reads reference tables, on the terms of address_dictionary: never in an index.
-- Security definer: the reference tables and the helpers are the owner's alone.
create or replace function normalize_address(p_street text, p_unit text, p_city text, p_state text, p_zip text)
returns text
language plpgsql immutable parallel safe security definer set search_path from current
as $$
declare
  c_longest constant int := 500; -- bytes; an address has far less, and longer text takes long
  v_place text;
  v_words text[];
  v_unit_words text[] := case when p_unit <> '' then split_address(p_unit) end;
  v_number text;
  v_name text[];
  v_street text;
  v_from int := 2;
  v_unit_at int;
begin
  if greatest(
    octet_length(p_street), octet_length(p_unit), octet_length(p_city), octet_length(p_state), octet_length(p_zip)
  ) > c_longest then
    return null;
  end if;

  v_place := standard_place(p_city, p_state, p_zip);

  if v_place is null then
    v_place := nullif(split_part(p_street, '|', 3), '');

    return case when v_place is not null and coalesce(p_unit, p_city, p_state, p_zip) is null then
      normalize_address(
        split_part(p_street, '|', 1), split_part(p_street, '|', 2),
        split_part(v_place, ' ', 1), split_part(v_place, ' ', 2), v_place
      )
    end;
  end if;

  v_words := split_address(p_street);

  -- everything may be in the unit's column
  if coalesce(cardinality(v_words), 0) = 0 then
    v_words := v_unit_words;
    v_unit_words := null;
  end if;

  if not ascii(v_words[1]) between 48 and 57 then
    v_words := leading_number(v_words);
  end if;

  v_number := house_number(v_words[1]);

  if v_number is null then
    select
      ba.standard,
      ba.next_word
    into v_street, v_unit_at
    from box_address(v_words) as ba;
  else
    -- 123 1/2
    if strpos(v_words[2], '/') > 0 then
      v_number := v_number || ' ' || v_words[2];
      v_from := 3;
    end if;

    -- a phrase that is replaced may show a unit or complete another phrase
    loop
      v_unit_at := unit_position(v_words, v_from);
      v_name := replace_phrases(v_words[v_from : v_unit_at - 1]);

      exit when v_name = v_words[v_from : v_unit_at - 1];

      v_words := v_words[: v_from - 1] || v_name || v_words[v_unit_at :];
    end loop;

    v_street := v_number || ' ' || nullif(standard_street(v_name), '');
  end if;

  v_street := v_street
    || '|'
    || case when v_unit_at > cardinality(v_words) and v_unit_words is null then ''
         -- a replaced phrase may be two words (US 5)
         else coalesce(standard_unit(
           array_append(string_to_array(array_to_string(v_words[v_unit_at :], ' '), ' '), '') || v_unit_words
         ), '') end
    || '|'
    || v_place;

  return case when octet_length(v_street) <= c_longest then v_street end;
end
$$;

comment on function normalize_address(text, text, text, text, text) is
  'street|unit|place, for example 123 N MAIN ST|# 4|90012. Null if the address is too thin to identify: no '
  'house number, PO box or route and box, or neither a ZIP nor a city with its state; or more than 500 bytes.';

grant execute on function normalize_address(text, text, text, text, text) to pipeline_writer;
