-- The name of a city or county as one word, so that De Kalb is DeKalb, O'Fallon is O Fallon, and Saint and St.
-- are one.
create or replace function place_name(p_words text[])
returns text
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  v_name text := '';
  v_word text;
begin
  foreach v_word in array coalesce(p_words, '{}') loop
    v_name := v_name || coalesce(address_dictionary('place') ->> v_word, v_word);
  end loop;

  return nullif(v_name, '');
end
$$;

comment on function place_name(text[]) is
  'The split words of a place as one: {SAINT,LOUIS} gives STLOUIS. Null for none.';
