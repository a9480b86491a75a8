-- Writes the leads that this round's rows made, their sealed documents and their contacts. One statement, so that the
-- documents are put together once. A contact's position is its place in the document's list of its channel.
--
-- Leads are written in the order of their largest index, so that each of its pages is written once.
create or replace function create_leads(p_upload_id uuid, p_now timestamptz)
returns void
language plpgsql volatile set search_path from current
as $$
declare
  v_version int := newest_data_key('seal');
  v_key bytea := data_key(v_version);
  v_index_key bytea := data_key(newest_data_key('index'));
  v_columns text[] := fields_with_columns();
  v_source text := (select u.source from uploads as u where u.id = p_upload_id);
begin
  with documents as materialized (
    select d.* from placed_documents(p_upload_id, p_is_new => true) as d
  ),

  made as (
    insert into leads (
      id, mak, county_fips, apn, addr_hash, street, unit, city, state, zip, lead_score, melissa_payload, source, pii,
      campaign_status_at, created_at, updated_at
    )
    select
      d.lead_id, d.mak, d.county_fips, d.apn, d.addr_hash,
      d.fields ->> 'property_street', d.fields ->> 'property_unit', d.fields ->> 'property_city',
      d.fields ->> 'property_state', d.fields ->> 'property_zip',
      score_of(d.fields ->> 'lead_score'), melissa_facts(d.fields, d.mak), v_source,
      seal(
        v_key, v_version, 'leads.pii/' || d.lead_id,
        convert_to(merged_document(null, d.fields - v_columns, d.contacts)::text, 'UTF8')
      ),
      p_now, p_now, p_now
      from documents as d
     order by d.addr_hash
  )

  insert into lead_contacts (lead_id, channel, position, value_hash, line_type, do_not_call)
  select
    d.lead_id,
    c.item ->> 'channel',
    row_number() over (partition by d.lead_id, c.item ->> 'channel' order by c.arrival),
    blind_index(v_index_key, c.item ->> 'channel', c.item ->> 'value'),
    c.item ->> 'line_type',
    (c.item ->> 'do_not_call')::boolean
    from documents as d
   cross join jsonb_array_elements(d.contacts) with ordinality as c (item, arrival);
end
$$;

comment on function create_leads(uuid, timestamptz) is
  'Inserts the leads that this round''s rows make, as of p_now, and their contacts.';
