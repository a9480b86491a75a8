-- Whose the keys of a row are, for the person who has to decide.
create or replace function key_owners(p_row leads_staging)
returns text
language sql
stable
set search_path from current
as $$
  select string_agg(
    format('%s is %s', k.name, coalesce('lead ' || k.lead_id || '''s', 'nobody''s yet')),
    ', ' order by k.strength
  )
    from (
      values
        (1, 'its MAK', p_row.mak, (select l.id from leads as l where l.mak = p_row.mak)),
        (
          2, 'its FIPS and APN', p_row.county_fips || p_row.apn,
          (select l.id from leads as l where l.county_fips = p_row.county_fips and l.apn = p_row.apn)
        ),
        (3, 'its address', p_row.addr_hash, (select l.id from leads as l where l.addr_hash = p_row.addr_hash))
    ) as k (strength, name, key_value, lead_id)
   where k.key_value is not null;
$$;

comment on function key_owners(leads_staging) is
  'its MAK is lead …''s, its address is nobody''s yet: each key that the row has, strongest first; null if it has'
  ' none.';
