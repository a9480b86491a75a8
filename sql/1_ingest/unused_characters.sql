-- Characters that a text does not contain, to mark places in it: control characters, or private ones where a file is so
-- odd that it has them all.
create or replace function unused_characters(p_text text, p_count int)
returns text[]
language sql
immutable
strict
parallel safe
set search_path from current
as $$
  select array(
    select chr(c.code)
      from (select n from generate_series(28, 31) as n union all select n from generate_series(57344, 58000) as n) as c (code)
     where strpos(p_text, chr(c.code)) = 0
     order by c.code
     limit p_count
  );
$$;

comment on function unused_characters(text, int) is 'So many characters, control or private ones, none of which is in the text.';

revoke all on function unused_characters(text, int) from public;
