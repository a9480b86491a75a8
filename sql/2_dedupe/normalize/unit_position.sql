-- Where a street line stops naming the street and begins to name a unit, if it does: at #, at a designator with an
-- identifier (APT 4, but not TRAILER PARK), at any after the street's suffix or direction (MAIN ST REAR), at the
-- number before a last FLOOR; or at a number without designator after the suffix (MAIN ST 5, but not HWY 5,
-- AVENUE 5 or MAIN ST 5TH).
create or replace function unit_position(p_words text[], p_from int)
returns int
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  v_last int := cardinality(p_words);
  v_word text;
  v_before text;
  v_next text;
  v_after_street boolean;
begin
  for v_at in p_from .. v_last loop
    continue when not address_dictionary('unit') ? p_words[v_at];

    v_word := p_words[v_at];
    v_next := coalesce(p_words[v_at + 1], '');

    if v_word <> '#' then
      -- a street has a name, and a direction is not yet one: E RM 620 is a road
      continue when v_at = p_from or (v_at = p_from + 1 and address_dictionary('direction') ? p_words[p_from]);

      v_after_street := v_at > p_from + 1
        and (address_dictionary('suffix') ? p_words[v_at - 1] or address_dictionary('direction') ? p_words[v_at - 1]);

      if v_next = '' and v_at > p_from + 2 and ascii(p_words[v_at - 1]) between 48 and 57 then
        continue when not address_dictionary('suffix') ? p_words[v_at - 2];

        return v_at - 1;
      end if;

      continue when not (
        v_next = '#'
        or char_length(v_next) = 1
        or address_dictionary('direction') ? v_next
        or ascii(v_next) between 48 and 57
        or ascii(right(v_next, 1)) between 48 and 57
        or (v_after_street and (v_next <> '' or not address_dictionary('suffix') ? v_word))
      );
    end if;

    v_last := v_at - 1;
    exit;
  end loop;

  v_word := p_words[v_last];
  v_before := p_words[v_last - 1];

  if v_last >= p_from + 2 and ascii(v_word) between 48 and 57
    and not address_dictionary('ordinal ending') ? right(v_word, 2)
  then
    if address_dictionary('direction') ? v_before and v_last >= p_from + 3 then
      v_before := p_words[v_last - 2];
    elsif v_last = p_from + 2 and address_dictionary('direction') ? p_words[p_from] then
      v_before := null;
    end if;

    if address_dictionary('suffix') ? v_before
      and not address_dictionary('numbered suffix') ? (address_dictionary('suffix') ->> v_before)
    then
      return v_last;
    end if;
  end if;

  return v_last + 1;
end
$$;

comment on function unit_position(text[], int) is
  'The index of the first word of the unit in a split street line whose street starts at p_from; one past '
  'the last word if there is none.';
