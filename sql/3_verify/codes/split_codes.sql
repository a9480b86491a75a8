-- Result codes as they come: one in each place of the array, or several in one string with commas ("AS01,PS01,ES01").
--
-- Nothing personal may be written in events, so what can't be a code (an address, a phone number that slipped into the
-- list) is left out here.
create or replace function split_codes(p_codes text[])
returns text[]
language sql immutable parallel safe set search_path from current
as $$
  select coalesce(array_agg(c.code order by c.first_at), '{}')
    from (
      select upper(btrim(p.part)) as code, min(p.n) as first_at
        from unnest(string_to_array(array_to_string(p_codes, ','), ',')) with ordinality as p (part, n)
       where btrim(p.part) ~ '^[A-Za-z0-9_.-]{1,32}$'
         and p.part !~ '[0-9]{7}'
       group by upper(btrim(p.part))
    ) as c;
$$;

comment on function split_codes(text[]) is
  'Upper case, each once, in order of first appearance; up to 32 letters, digits, _ . - and no seven digits in'
  ' a row. Null gives an empty array.';
