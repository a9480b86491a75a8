-- Takes an upload out of the sealed documents of the leads it met, and its contacts out of lead_contacts. A value that
-- was changed again stays and is listed; wherever a later upload found the old one, that is taken out of its
-- before-image too: so the two can be reverted in any order.
--
-- A contact's position is its place in the document as it is now.
create or replace function revert_documents(p_upload_id uuid, p_now timestamptz)
returns uuid[]
language plpgsql volatile set search_path from current
set enable_nestloop = off
as $$
declare
  v_version int := newest_data_key('seal');
  v_key bytea := data_key(v_version);
  v_restored uuid[];
begin
  with images as materialized (
    select i.* from document_images(p_upload_id) as i
  ),

  changes as materialized (
    select b.lead_id, c.*
      from images as b
      join images as a on a.lead_id = b.lead_id and a.turn = 1
     cross join document_changes(b.document, a.document) as c
     where b.turn = 0
  ),

  places as materialized (
    select c.lead_id, c.name, c.item, rtrim(c.name, 's') as channel, v.place, s.reason
      from changes as c
      join images as i on i.lead_id = c.lead_id and i.upload_id is null
     cross join jsonb_array_elements_text(i.document -> c.name) with ordinality as v (item, place)
      left join staying_contacts(p_upload_id) as s
        on s.lead_id = c.lead_id and s.channel = rtrim(c.name, 's') and s.place = v.place
     where c.item is not null
       and v.item = c.item
  ),

  judged as materialized (
    select
      i.lead_id,
      i.upload_id,
      c.name,
      c.item,
      c.before,
      p.reason,
      bool_and(
        (case when c.item is null then i.document -> c.name = c.after else i.document -> c.name ? c.item end) is true
      ) over (partition by i.lead_id, c.name, c.item order by i.turn) as still
      from changes as c
      join images as i on i.lead_id = c.lead_id and i.turn > 0
      left join places as p on p.lead_id = c.lead_id and p.name = c.name and p.item = c.item
  ),

  listed as (
    insert into upload_remains (upload_id, lead_id, what, reason)
    select p_upload_id, j.lead_id, j.name, 'changed again since'
      from judged as j
     where j.upload_id is null
       and j.item is null
       and j.still is not true
    union all
    -- its place once those before it are taken out
    select p_upload_id, p.lead_id, format('%s %s', p.channel, p.place - (
      select count(*) from places as o
       where o.lead_id = p.lead_id and o.name = p.name and o.place < p.place and o.reason is null
    )), p.reason
      from places as p
     where p.reason is not null
  ),

  taken_out as (
    delete from lead_contacts as k
     using places as p
     where k.lead_id = p.lead_id
       and k.channel = p.channel
       and k.position = p.place
       and p.reason is null
  ),

  documents as materialized (
    select i.lead_id, i.upload_id, reverted_document(i.document, d.fields, d.phones, d.emails) as document
      from images as i
      join (
        select
          j.lead_id,
          j.upload_id,
          coalesce(jsonb_object_agg(j.name, j.before) filter (where j.item is null), '{}') as fields,
          array_agg(j.item) filter (where j.name = 'phones') as phones,
          array_agg(j.item) filter (where j.name = 'emails') as emails
          from judged as j
         where j.still
           and j.reason is null
         group by j.lead_id, j.upload_id
      ) as d on d.lead_id = i.lead_id and d.upload_id is not distinct from i.upload_id
     where i.turn > 0
  ),

  rebased as (
    update upload_changes as c
       set before_pii = seal(v_key, v_version, 'leads.pii/' || c.lead_id, convert_to(d.document::text, 'UTF8'))
      from documents as d
     where c.upload_id = d.upload_id
       and c.lead_id = d.lead_id
  ),

  restored as (
    update leads as l
       set pii = seal(v_key, v_version, 'leads.pii/' || l.id, convert_to(d.document::text, 'UTF8')),
           updated_at = p_now
      from documents as d
     where l.id = d.lead_id
       and d.upload_id is null
       and l.id = any(array(select o.lead_id from documents as o))
    returning l.id
  )

  select array(select r.id from restored as r) into v_restored;

  return v_restored;
end
$$;

comment on function revert_documents(uuid, timestamptz) is
  'Returns the leads whose document went back at least in part; lists in upload_remains what stays of the others.';
