-- The name of a street with its directions and its suffix abbreviated, each only where it plays that part:
-- NORTH MAIN STREET is N MAIN ST, but NORTH AVE, COURT AVE and ST JAMES CT keep their first word.
-- Two directions in a row are one (NORTH EAST), unless the second is all the name there is (N E ST).
create or replace function standard_street(p_words text[])
returns text
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  v_words text[] := p_words;
  v_first int := 1;
  v_last int := cardinality(v_words);
  v_means text;
  v_pair text;
begin
  -- behind the name
  v_means := address_dictionary('direction') ->> v_words[v_last];

  if v_means is not null and v_last > 1 then
    v_words[v_last] := v_means;
    v_last := v_last - 1;

    if v_last > 1 then
      v_pair := address_dictionary('direction pair')
        ->> ((address_dictionary('direction') ->> v_words[v_last]) || ' ' || v_means);

      if v_pair is not null then
        v_words[v_last + 1] := v_pair;
        v_words[v_last] := null;
        v_last := v_last - 1;
      end if;
    end if;
  end if;

  -- before the name, if a name is left that is not only a suffix
  v_means := address_dictionary('direction') ->> v_words[1];

  if v_means is not null and (v_last > 2 or (v_last = 2 and not address_dictionary('suffix') ? v_words[2])) then
    v_words[1] := v_means;
    v_first := 2;
    v_pair := address_dictionary('direction pair')
      ->> (v_means || ' ' || (address_dictionary('direction') ->> v_words[2]));

    if v_pair is not null and (v_last > 3 or (v_last = 3 and not address_dictionary('suffix') ? v_words[3])) then
      v_words[1] := v_pair;
      v_words[2] := null;
      v_first := 3;
    end if;
  end if;

  -- the suffix: last, or before the letter or number that is the rest of the name (AVENUE B, OLD HIGHWAY 50)
  v_means := address_dictionary('suffix') ->> v_words[v_last];

  if v_means is not null and v_last > v_first then
    v_words[v_last] := v_means;
  elsif v_last > v_first and (char_length(v_words[v_last]) = 1 or ascii(v_words[v_last]) between 48 and 57) then
    v_words[v_last - 1] := coalesce(address_dictionary('suffix') ->> v_words[v_last - 1], v_words[v_last - 1]);
  elsif v_last = v_first and v_last < cardinality(v_words) then
    -- AVENUE N: the direction is the name
    v_words[v_last] := coalesce(address_dictionary('suffix') ->> v_words[v_last], v_words[v_last]);
  end if;

  return array_to_string(v_words, ' ');
end
$$;

comment on function standard_street(text[]) is
  'The standard spelling of a street''s name, given as split words without number and unit, phrases replaced.';
