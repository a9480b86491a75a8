-- Addresses without a house number: PO BOX 12 (P.O. Box, Post Office Box, POB 12) and RR 2 BOX 15 (Rural Route, HC).
-- Any words that follow are a unit's.
create or replace function box_address(p_words text[], out standard text, out next_word int)
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  v_words text[] := array_remove(p_words, '#');
  v_dropped int := cardinality(p_words) - cardinality(v_words);
  v_head text;
  v_stem text := rtrim(v_words[1], '0123456789');
  v_number text;
  v_box text;
begin
  -- RR2
  if v_stem <> v_words[1] and (address_dictionary('rural route') ? v_stem or address_dictionary('box') ? v_stem) then
    v_words := array[v_stem, substr(v_words[1], char_length(v_stem) + 1)] || v_words[2 :];
    v_dropped := v_dropped - 1;
  end if;

  for v_length in reverse 3 .. 1 loop
    v_head := array_to_string(v_words[1 : v_length], ' ');
    v_number := v_words[v_length + 1];

    if address_dictionary('box') ? v_head and v_number is not null then
      v_box := ltrim(v_number, '0');
      standard := (address_dictionary('box') ->> v_head) || ' ' || v_box;
      next_word := v_length + 2;
    elsif address_dictionary('rural route') ? v_head and address_dictionary('box') ? v_words[v_length + 2] then
      v_box := ltrim(v_words[v_length + 3], '0');
      standard := (address_dictionary('rural route') ->> v_head) || ' ' || ltrim(v_number, '0') || ' BOX ' || v_box;
      next_word := v_length + 4;
    end if;

    exit when standard is not null;
  end loop;

  -- box 0 is none; # and a joined number moved the words
  if v_box = '' or v_box is null then
    standard := null;
  end if;

  next_word := next_word + v_dropped;
end
$$;

comment on function box_address(text[]) is
  'The standard form of a PO box or a rural route with its box, and the index of the first word after it. '
  'Nulls for anything else.';
