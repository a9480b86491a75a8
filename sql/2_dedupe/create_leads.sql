-- Writes the leads that this round's rows made, each once and sealed.
create or replace function create_leads(p_upload_id uuid)
returns void
language plpgsql
volatile
set search_path from current
as $$
declare
  v_columns text[] := fields_with_columns();
  v_version int := newest_data_key('seal');
  v_key bytea := data_key(v_version);
begin
  insert into leads (
    id, mak, county_fips, apn, addr_hash, street, unit, city, state, zip, pii, melissa_payload, lead_score, source
  )
  select
    d.lead_id,
    d.mak,
    d.county_fips,
    d.apn,
    d.addr_hash,
    d.fields ->> 'property_street',
    d.fields ->> 'property_unit',
    d.fields ->> 'property_city',
    d.fields ->> 'property_state',
    d.fields ->> 'property_zip',
    seal(
      v_key,
      v_version,
      'leads.pii/' || d.lead_id,
      convert_to((d.fields - v_columns || jsonb_build_object('phones', d.phones, 'emails', d.emails))::text, 'UTF8')
    ),
    melissa_facts(d.fields, d.mak),
    score_of(d.fields ->> 'lead_score'),
    u.source
    from placed_documents(p_upload_id, true) as d
   cross join uploads as u
   where u.id = p_upload_id;
end
$$;

comment on function create_leads(uuid) is 'Inserts the leads that rows of this round made.';

revoke all on function create_leads(uuid) from public;
