-- The values of a list that an older list lacks.
create or replace function added_values(p_old jsonb, p_new jsonb)
returns jsonb
language sql immutable strict parallel safe set search_path from current
as $$
  select coalesce(jsonb_agg(n.value order by n.ordinality), '[]')
    from jsonb_array_elements_text(p_new) with ordinality as n (value)
   where n.value not in (select o.value from jsonb_array_elements_text(p_old) as o (value));
$$;

comment on function added_values(jsonb, jsonb) is
  'The strings of the second JSON list that the first lacks, in order.';
