-- Writes what this round's rows add to the leads they met: the columns that change, the newer non-empty values of the
-- sealed document, and new contacts after the old ones. Consent, suppression, verification, campaign
-- state and broker stay as they are. A lead that gains nothing is not touched; what the others were is kept in
-- upload_changes.
--
-- One statement, so that a document is opened and put together once. Leads and the contacts they have are looked up by
-- lateral and scalar subqueries: each is a probe of an index, whatever the statistics say.
create or replace function update_leads(p_upload_id uuid, p_now timestamptz)
returns void
language plpgsql volatile set search_path from current
as $$
declare
  v_version int := newest_data_key('seal');
  v_key bytea := data_key(v_version);
  v_index_key bytea := data_key(newest_data_key('index'));
  v_columns text[] := fields_with_columns();
begin
  with met as materialized (
    select d.*, o.before, o.after, o.pii, o.opened, merged_document(o.opened, d.fields - v_columns, d.contacts) as document
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
         c.before,
         c.after
         from leads as l
        cross join column_changes(l, d.mak, d.county_fips, d.apn, d.addr_hash, d.fields) as c
        where l.id = d.lead_id
       offset 0
     ) as o
  ),

  changed as materialized (
    select
      m.lead_id,
      coalesce(m.before, '{}') as before,
      coalesce(m.after, '{}') as after,
      case when m.document <> m.opened then m.pii end as before_pii,
      case when m.document is distinct from m.opened then seal(
        v_key, v_version, 'leads.pii/' || m.lead_id, convert_to(m.document::text, 'UTF8')
      ) end as after_pii
      from met as m
     where m.after is not null
        or m.document is distinct from m.opened
  ),

  remembered as (
    insert into upload_changes (upload_id, lead_id, before, after, before_pii)
    select p_upload_id, c.lead_id, c.before, c.after, c.before_pii from changed as c
    on conflict (upload_id, lead_id) do update
       set before = excluded.before || upload_changes.before,
           after = upload_changes.after || excluded.after,
           before_pii = coalesce(upload_changes.before_pii, excluded.before_pii)
  ),

  updated as (
    update leads as l
       set (mak, county_fips, apn, addr_hash, street, unit, city, state, zip, lead_score, melissa_payload) = (
             select
               r.mak, r.county_fips, r.apn, r.addr_hash, r.street, r.unit, r.city, r.state, r.zip, r.lead_score,
               r.melissa_payload
               from jsonb_populate_record(l, c.after) as r
           ),
           pii = coalesce(c.after_pii, l.pii),
           updated_at = p_now
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

comment on function update_leads(uuid, timestamptz) is
  'Updates the leads that this round''s rows met, as of p_now, and adds their contacts.';
