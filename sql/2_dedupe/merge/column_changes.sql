-- What rows of a file change in the clear columns of a lead that they met: a key where the lead has none of its kind,
-- and the newer value of every other column. An empty value replaces nothing. In plpgsql, since a merge calls it lead
-- by lead.
create or replace function column_changes(
  p_lead leads, p_mak text, p_county_fips text, p_apn text, p_addr_hash text, p_fields jsonb,
  out before jsonb, out after jsonb
)
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  v_old jsonb := mergeable_columns(p_lead);
  v_new jsonb := jsonb_strip_nulls(jsonb_build_object(
    'mak', case when p_lead.mak is null then p_mak end,
    'county_fips', case when p_lead.apn is null then p_county_fips end,
    'apn', case when p_lead.apn is null then p_apn end,
    'addr_hash', case when p_lead.addr_hash is null then p_addr_hash end,
    'street', p_fields ->> 'property_street',
    'unit', p_fields ->> 'property_unit',
    'city', p_fields ->> 'property_city',
    'state', p_fields ->> 'property_state',
    'zip', p_fields ->> 'property_zip',
    'lead_score', score_of(p_fields ->> 'lead_score'),
    'melissa_payload', coalesce(p_lead.melissa_payload, '{}') || melissa_facts(p_fields, p_mak)
  ));
begin
  select jsonb_object_agg(n.key, v_old -> n.key), jsonb_object_agg(n.key, n.value)
    into before, after
    from jsonb_each(v_new) as n
   where n.value is distinct from v_old -> n.key;
end
$$;

comment on function column_changes(leads, text, text, text, text, jsonb) is
  'The columns that change, {column: value} before and after; nulls if none does. The keys and the fields are those of'
  ' placed_documents.';
