-- Words and phrases that mean the same wherever they stand in a street's name: FARM TO MARKET 1960 and FM 1960,
-- TWENTY FIRST and 21ST, SAINT and ST. The longest phrase wins. A numbered road becomes one word with its number
-- (FM 1960), so that nothing later takes the two apart.
create or replace function replace_phrases(p_words text[])
returns text[]
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  v_words text[] := p_words;
  v_count int := cardinality(p_words);
  v_at int := 1;
  v_length int;
  v_end int;
  v_phrase text;
  v_means text;
  v_next text;
  v_shorter boolean := false;
begin
  while v_at <= v_count loop
    v_length := (phrase_lengths() -> v_words[v_at])::int;
    v_end := v_at;

    if v_length > v_count - v_at + 1 then
      v_length := v_count - v_at + 1;
    end if;

    -- US90
    if v_length is null and ascii(v_words[v_at]) > 64 and ascii(right(v_words[v_at], 1)) between 48 and 57 then
      v_phrase := rtrim(v_words[v_at], '0123456789');
      v_means := address_dictionary('road before number') ->> v_phrase;
      v_words[v_at] := coalesce(v_means || ' ' || substr(v_words[v_at], char_length(v_phrase) + 1), v_words[v_at]);
    end if;

    while v_length > 0 loop
      v_phrase := array_to_string(v_words[v_at : v_at + v_length - 1], ' ');
      v_means := address_dictionary('name') ->> v_phrase;
      v_end := v_at + v_length - 1;

      if v_means is null and v_end < v_count and address_dictionary('road before number') ? v_phrase then
        v_next := v_words[v_end + 1];

        if ascii(v_next) between 48 and 57 then
          v_means := (address_dictionary('road before number') ->> v_phrase) || ' ' || v_next;
          v_end := v_end + 1;
        end if;
      end if;

      exit when v_means is not null;
      v_length := v_length - 1;
      v_end := v_at;
    end loop;

    if v_length > 0 then
      v_words[v_at] := v_means;

      for v_gone in v_at + 1 .. v_end loop
        v_words[v_gone] := null;
        v_shorter := true;
      end loop;
    end if;

    v_at := v_end + 1;
  end loop;

  return case when v_shorter then array_remove(v_words, null) else v_words end;
end
$$;

comment on function replace_phrases(text[]) is
  'The words of a street''s name with each phrase of address_words replaced by what it means.';
