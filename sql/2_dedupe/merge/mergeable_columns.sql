-- The clear columns of a lead that a merge writes, as upload_changes.before and after keep them; called with null,
-- their names.
create or replace function mergeable_columns(p_lead leads)
returns jsonb
language sql immutable parallel safe set search_path from current
as $$
  select jsonb_build_object(
    'mak', p_lead.mak,
    'county_fips', p_lead.county_fips,
    'apn', p_lead.apn,
    'addr_hash', p_lead.addr_hash,
    'street', p_lead.street,
    'unit', p_lead.unit,
    'city', p_lead.city,
    'state', p_lead.state,
    'zip', p_lead.zip,
    'lead_score', p_lead.lead_score,
    'melissa_payload', p_lead.melissa_payload
  );
$$;

comment on function mergeable_columns(leads) is '{column: value or null}; null gives nulls.';
