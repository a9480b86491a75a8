-- One spelling for a unit, said once: APT, STE, UNIT and # are the same, so only the identifier counts; the other
-- designators count with theirs. An empty word stands between the street line's unit and that of the unit column,
-- which often say the same twice.
create or replace function standard_unit(p_words text[])
returns text
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  v_units text[] := array[]::text[];
  v_kind text;
  v_means text;
  v_word text;
  v_next text;
  v_id text := '';
begin
  for v_at in 1 .. cardinality(p_words) + 1 loop
    v_word := coalesce(p_words[v_at], '');
    v_next := coalesce(p_words[v_at + 1], '');
    v_means := address_dictionary('unit') ->> v_word;

    if v_means is null and v_word <> '' then
      continue when v_id = '' and address_dictionary('unit filler') ? v_word;

      -- 4 B is 4B, but 1 2 is not 12
      v_id := v_id
        || case when ascii(right(v_id, 1)) between 48 and 57 and ascii(v_word) between 48 and 57 then '-' else '' end
        || v_word;
    elsif v_id <> '' and v_kind is null and v_means <> '#' and (v_next = '' or address_dictionary('unit') ? v_next) then
      -- 3RD FL
      v_units := v_units || (v_means || ' ' || unit_identifier(v_id));
      v_id := '';
    else
      if v_id <> '' then
        v_units := v_units || (coalesce(v_kind, '#') || ' ' || unit_identifier(v_id));
        v_kind := null;
      elsif address_dictionary('unit alone') ? v_kind and v_means is distinct from '#' then
        v_units := v_units || v_kind;
        v_kind := null;
      end if;

      v_id := '';
      v_kind := case when v_means = '#' then coalesce(v_kind, '#') else v_means end;
    end if;
  end loop;

  if cardinality(v_units) = 1 then
    return v_units[1];
  end if;

  -- # 4 beside LOT 4 adds nothing
  return (
    select string_agg(distinct u.unit collate "C", ' ' order by u.unit collate "C")
      from unnest(v_units) as u (unit)
     where not exists (
       select
         from unnest(v_units) as named (unit)
        where u.unit like '# %'
          and named.unit not like '# %'
          and split_part(named.unit, ' ', 2) = split_part(u.unit, ' ', 2)
     )
  );
end
$$;

comment on function standard_unit(text[]) is
  'The units named by split words, as # 4 or BLDG 2 # 4. Null if they name none.';
