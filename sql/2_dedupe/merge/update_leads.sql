-- Writes what this round's rows add to leads that were there: a key where they have none of its kind, the newer
-- non-empty value of every other field, new contacts after the old ones. Consent, suppression, verification, campaign
-- state and broker stay as they are. A lead that gains nothing is not touched; of the others, what they were is kept in
-- upload_changes.
--
-- Leads and what contacts they have are looked up by lateral and scalar subqueries: each is a probe of an index,
-- whatever the statistics say.
create or replace function update_leads(p_upload_id uuid)
returns void
language plpgsql
volatile
set search_path from current
as $$
declare
  v_version int := newest_data_key('seal');
  v_key bytea := data_key(v_version);
  v_index_key bytea := data_key(newest_data_key('index'));
  v_columns text[] := fields_with_columns();
begin
  with met as materialized (
    select d.*, o.old, o.new, o.pii, o.opened, merged_document(o.opened, d.fields - v_columns, d.contacts) as document
      from placed_documents(p_upload_id, p_is_new => false) as d
     cross join lateral (
       select
         l.pii,
         case
           when l.pii is not null then convert_from(
             unseal(
               (select k.key from key_ring() as k where k.version = sealed_version(l.pii)), 'leads.pii/' || l.id, l.pii
             ),
             'UTF8'
           )::jsonb
         end as opened,
         jsonb_build_object(
           'mak', l.mak, 'county_fips', l.county_fips, 'apn', l.apn, 'addr_hash', l.addr_hash, 'street', l.street,
           'unit', l.unit, 'city', l.city, 'state', l.state, 'zip', l.zip, 'lead_score', l.lead_score,
           'melissa_payload', l.melissa_payload
         ) as old,
         jsonb_strip_nulls(jsonb_build_object(
           'mak', case when l.mak is null then d.mak end,
           'county_fips', case when l.apn is null then d.county_fips end,
           'apn', case when l.apn is null then d.apn end,
           'addr_hash', case when l.addr_hash is null then d.addr_hash end,
           'street', d.fields ->> 'property_street',
           'unit', d.fields ->> 'property_unit',
           'city', d.fields ->> 'property_city',
           'state', d.fields ->> 'property_state',
           'zip', d.fields ->> 'property_zip',
           'lead_score', score_of(d.fields ->> 'lead_score'),
           'melissa_payload', coalesce(l.melissa_payload, '{}') || melissa_facts(d.fields, d.mak)
         )) as new
         from leads as l
        where l.id = d.lead_id
       offset 0
     ) as o
  ),

  changed as materialized (
    select
      m.lead_id,
      c.before,
      c.after,
      case when m.document <> m.opened then m.pii end as before_pii,
      case when m.document is distinct from m.opened then seal(
        v_key, v_version, 'leads.pii/' || m.lead_id, convert_to(m.document::text, 'UTF8')
      ) end as after_pii
      from met as m
     cross join changed_values(m.old, m.new) as c
     where c.after is not null
        or m.document is distinct from m.opened
  ),

  remembered as (
    insert into upload_changes (upload_id, lead_id, before, after, before_pii)
    select p_upload_id, c.lead_id, coalesce(c.before, '{}'), coalesce(c.after, '{}'), c.before_pii
      from changed as c
    on conflict (upload_id, lead_id) do update
       set before = excluded.before || upload_changes.before,
           after = upload_changes.after || excluded.after,
           before_pii = coalesce(upload_changes.before_pii, excluded.before_pii)
  ),

  updated as (
    update leads as l
       set mak = coalesce(c.after ->> 'mak', l.mak),
           county_fips = coalesce(c.after ->> 'county_fips', l.county_fips),
           apn = coalesce(c.after ->> 'apn', l.apn),
           addr_hash = coalesce(c.after ->> 'addr_hash', l.addr_hash),
           street = coalesce(c.after ->> 'street', l.street),
           unit = coalesce(c.after ->> 'unit', l.unit),
           city = coalesce(c.after ->> 'city', l.city),
           state = coalesce(c.after ->> 'state', l.state),
           zip = coalesce(c.after ->> 'zip', l.zip),
           lead_score = coalesce((c.after ->> 'lead_score')::int, l.lead_score),
           melissa_payload = coalesce(c.after -> 'melissa_payload', l.melissa_payload),
           pii = coalesce(c.after_pii, l.pii),
           updated_at = clock_timestamp()
      from changed as c
     where l.id = c.lead_id
  ),

  had as materialized (
    select o.*
      from met as m
     cross join lateral (
       select c.lead_id, c.channel, c.position, c.value_hash from lead_contacts as c where c.lead_id = m.lead_id offset 0
     ) as o
  ),

  arrived as materialized (
    select
      m.lead_id,
      c.arrival,
      c.item ->> 'channel' as channel,
      blind_index(v_index_key, c.item ->> 'channel', c.item ->> 'value') as value_hash,
      c.item ->> 'line_type' as line_type,
      (c.item ->> 'do_not_call')::boolean as do_not_call
      from met as m
     cross join jsonb_array_elements(m.contacts) with ordinality as c (item, arrival)
  )

  insert into lead_contacts (lead_id, channel, position, value_hash, line_type, do_not_call)
  select
    a.lead_id,
    a.channel,
    coalesce(l.position, 0) + row_number() over (partition by a.lead_id, a.channel, h.position is null order by a.arrival),
    a.value_hash,
    a.line_type,
    a.do_not_call
    from arrived as a
    left join had as h on h.lead_id = a.lead_id and h.channel = a.channel and h.value_hash = a.value_hash
    left join (
      select h.lead_id, h.channel, max(h.position) as position from had as h group by h.lead_id, h.channel
    ) as l on l.lead_id = a.lead_id and l.channel = a.channel
  on conflict (lead_id, channel, value_hash) do update
     set do_not_call = lead_contacts.do_not_call or excluded.do_not_call,
         line_type = coalesce(lead_contacts.line_type, excluded.line_type)
   where excluded.do_not_call > lead_contacts.do_not_call
      or (lead_contacts.line_type is null and excluded.line_type is not null);
end
$$;

comment on function update_leads(uuid) is 'Updates the leads that this round''s rows met, and adds their contacts.';
