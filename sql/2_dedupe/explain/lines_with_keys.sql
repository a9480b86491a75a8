-- The lines of an upload that share a key with this one, itself among them, and whether each has a stronger key beside
-- it: such a line claims the key for the owner of its strongest.
create or replace function lines_with_keys(p_row upload_rows)
returns table (kind text, line_number int, lead_id uuid, outcome row_outcome, has_stronger boolean)
language sql stable set search_path from current
as $$
  select k.kind, r.line_number, r.lead_id, r.outcome, o.strength > o.strongest
    from upload_rows as r
   cross join lateral (
     select s.*, min(s.strength) over () as strongest
       from property_keys(r.mak, r.county_fips, r.apn, r.addr_hash) as s
      where s.value is not null
   ) as o
    join property_keys(p_row.mak, p_row.county_fips, p_row.apn, p_row.addr_hash) as k
      on k.kind = o.kind and k.value = o.value
   where r.upload_id = p_row.upload_id
     -- before the keys are spelled out, which costs too much for each line of a large file
     and (r.mak = p_row.mak or (r.county_fips, r.apn) = (p_row.county_fips, p_row.apn) or r.addr_hash = p_row.addr_hash);
$$;

comment on function lines_with_keys(upload_rows) is
  'One row a line and key that it shares: its lead, its outcome, whether it has a stronger key too.';
