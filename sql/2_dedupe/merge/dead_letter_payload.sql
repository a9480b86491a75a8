-- What a dead letter says in clear of the row it is about. That of a quarantined row also names the owner of each key,
-- since the leads may change later.
create or replace function dead_letter_payload(p_row leads_staging)
returns jsonb
language sql stable set search_path from current
as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'outcome', p_row.outcome,
    'mak', p_row.mak,
    'county_fips', p_row.county_fips,
    'apn', p_row.apn,
    'addr_hash', p_row.addr_hash,
    'met', case when p_row.outcome = 'quarantined' then (
      select jsonb_object_agg(k.kind, k.lead_id) from key_owners(p_row) as k
    ) end
  ));
$$;

comment on function dead_letter_payload(leads_staging) is
  'The row''s outcome and keys; of a quarantined one met: {mak, fips_apn, address: the lead that owns this key of the'
  ' row, if one does}.';
