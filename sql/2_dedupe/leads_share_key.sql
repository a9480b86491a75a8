-- Whether a row is about one of these leads by a key. Called row by row, for few leads and many rows: a look at each of
-- the leads costs less than three probes.
create or replace function leads_share_key(
  p_lead_ids uuid[], p_mak text, p_county_fips text, p_apn text, p_addr_hash text
)
returns boolean
language plpgsql stable set search_path from current
as $$
begin
  return exists (
    select
      from leads as l
     where l.id = any(p_lead_ids)
       and (l.mak = p_mak or (l.county_fips, l.apn) = (p_county_fips, p_apn) or l.addr_hash = p_addr_hash)
  );
end
$$;

comment on function leads_share_key(uuid[], text, text, text, text) is
  'True if one of the leads has a key of the row: its MAK, its FIPS and APN, or its address''s hash.';
