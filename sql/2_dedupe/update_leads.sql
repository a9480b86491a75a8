-- Writes what this round's rows bring to leads that were there: a key where the lead has none of its kind, the newer
-- non-empty value of every other field, new contacts after the old ones. Consent, suppression, verification, campaign
-- state and broker stay as they are.
--
-- The leads are locked in order of id first, as everywhere, so that nobody waits in a circle.
create or replace function update_leads(p_upload_id uuid)
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
  perform
     from leads as l
    where l.id = any(array(
      select r.lead_id
        from upload_rows as r
        join leads_staging as s on s.upload_id = r.upload_id and s.line_number = r.line_number
       where r.upload_id = p_upload_id
    ))
    order by l.id
      for update;

  update leads as l
     set mak = coalesce(l.mak, d.mak),
         county_fips = case when l.apn is null then coalesce(d.county_fips, l.county_fips) else l.county_fips end,
         apn = coalesce(l.apn, d.apn),
         addr_hash = coalesce(l.addr_hash, d.addr_hash),
         street = coalesce(d.fields ->> 'property_street', l.street),
         unit = coalesce(d.fields ->> 'property_unit', l.unit),
         city = coalesce(d.fields ->> 'property_city', l.city),
         state = coalesce(d.fields ->> 'property_state', l.state),
         zip = coalesce(d.fields ->> 'property_zip', l.zip),
         pii = seal(
           v_key,
           v_version,
           'leads.pii/' || l.id,
           convert_to(merged_document(d.opened, d.fields - v_columns, d.phones, d.emails)::text, 'UTF8')
         ),
         melissa_payload = coalesce(l.melissa_payload || melissa_facts(d.fields, d.mak), l.melissa_payload, melissa_facts(d.fields, d.mak)),
         lead_score = coalesce(score_of(d.fields ->> 'lead_score'), l.lead_score),
         updated_at = now()
    from (
      select
        p.*,
        convert_from(unseal(k.key, 'leads.pii/' || o.id, o.pii), 'UTF8')::jsonb as opened
        from placed_documents(p_upload_id, false) as p
        join leads as o on o.id = p.lead_id
        left join key_ring() as k on k.version = sealed_version(o.pii)
    ) as d
   where l.id = d.lead_id;
end
$$;

comment on function update_leads(uuid) is 'Updates the leads that rows of this round met.';

revoke all on function update_leads(uuid) from public;
