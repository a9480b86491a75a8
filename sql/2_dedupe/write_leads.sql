-- Writes a round: new leads; to those that were there a key where they have none of its kind, the newer non-empty value
-- of every other field, new contacts after the old ones. Consent, suppression, verification, campaign state and broker
-- stay as they are. One statement, so that the documents are put together once.
create or replace function write_leads(p_upload_id uuid)
returns void
language plpgsql
volatile
set search_path from current
as $$
declare
  v_version int := newest_data_key('seal');
  v_key bytea := data_key(v_version);
  v_columns text[] := fields_with_columns();
  v_source text := (select u.source from uploads as u where u.id = p_upload_id);
begin
  with documents as materialized (
    select
      d.*,
      d.fields ->> 'property_street' as street,
      d.fields ->> 'property_unit' as unit,
      d.fields ->> 'property_city' as city,
      d.fields ->> 'property_state' as state,
      d.fields ->> 'property_zip' as zip,
      score_of(d.fields ->> 'lead_score') as score,
      melissa_facts(d.fields, d.mak) as facts
      from placed_documents(p_upload_id) as d
  ),

  made as (
    insert into leads (
      id, mak, county_fips, apn, addr_hash, street, unit, city, state, zip, pii, melissa_payload, lead_score, source
    )
    select
      d.lead_id, d.mak, d.county_fips, d.apn, d.addr_hash, d.street, d.unit, d.city, d.state, d.zip,
      seal(
        v_key, v_version, 'leads.pii/' || d.lead_id,
        convert_to((d.fields - v_columns || jsonb_build_object('phones', d.phones, 'emails', d.emails))::text, 'UTF8')
      ),
      d.facts, d.score, v_source
      from documents as d
     where d.is_new
  )

  update leads as l
     set mak = coalesce(l.mak, d.mak),
         county_fips = case when l.apn is null then coalesce(d.county_fips, l.county_fips) else l.county_fips end,
         apn = coalesce(l.apn, d.apn),
         addr_hash = coalesce(l.addr_hash, d.addr_hash),
         street = coalesce(d.street, l.street),
         unit = coalesce(d.unit, l.unit),
         city = coalesce(d.city, l.city),
         state = coalesce(d.state, l.state),
         zip = coalesce(d.zip, l.zip),
         pii = seal(
           v_key, v_version, 'leads.pii/' || l.id,
           convert_to(merged_document(d.opened, d.fields - v_columns, d.phones, d.emails)::text, 'UTF8')
         ),
         melissa_payload = coalesce(l.melissa_payload || d.facts, l.melissa_payload, d.facts),
         lead_score = coalesce(d.score, l.lead_score),
         updated_at = now()
    from (
      select
        p.*,
        case
          when o.pii is not null then convert_from(unseal(k.key, 'leads.pii/' || o.id, o.pii), 'UTF8')::jsonb
        end as opened
        from documents as p
        join leads as o on o.id = p.lead_id
        left join key_ring() as k on k.version = sealed_version(o.pii)
       where not p.is_new
    ) as d
   where l.id = d.lead_id;
end
$$;

comment on function write_leads(uuid) is 'Inserts and updates the leads of this round''s rows.';

revoke all on function write_leads(uuid) from public;
