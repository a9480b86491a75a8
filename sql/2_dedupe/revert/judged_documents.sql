-- What an upload changed in the sealed documents of leads it met, in each image of them from then on, and why it stays
-- there. A field goes back, and a contact goes out, if every image since the upload has it unchanged; a contact only if
-- staying_contacts doesn't name it.
create or replace function judged_documents(p_upload_id uuid)
returns table (lead_id uuid, upload_id uuid, name text, item text, before jsonb, place bigint, reason text)
language sql stable set search_path from current
set enable_nestloop = off
as $$
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

  contacts as materialized (
    select c.lead_id, c.name, c.item, v.place, s.reason
      from changes as c
      join images as i on i.lead_id = c.lead_id and i.upload_id is null
     cross join jsonb_array_elements_text(i.document -> c.name) with ordinality as v (item, place)
      left join staying_contacts(p_upload_id) as s
        on s.lead_id = c.lead_id and s.channel = rtrim(c.name, 's') and s.place = v.place
     where c.item is not null
       and v.item = c.item
  ),

  judged as (
    select
      i.lead_id,
      i.upload_id,
      c.name,
      c.item,
      c.before,
      k.place,
      k.reason,
      bool_and(
        (case when c.item is null then i.document -> c.name = c.after else i.document -> c.name ? c.item end) is true
      ) over (partition by i.lead_id, c.name, c.item order by i.turn) as is_unchanged
      from changes as c
      join images as i on i.lead_id = c.lead_id and i.turn > 0
      left join contacts as k on k.lead_id = c.lead_id and k.name = c.name and k.item = c.item
  )

  select
    j.lead_id, j.upload_id, j.name, j.item, j.before, j.place,
    case when j.is_unchanged then j.reason else 'changed again since' end
    from judged as j;
$$;

comment on function judged_documents(uuid) is
  'One row a change and image after the upload: upload_id, whose before-image it is (null: the document as it is now);'
  ' a field with its value before (null: none), or a contact (name phones or emails) with its place in the document as'
  ' it is now (null: it is not in it); the reason why it stays; null: it goes back.';
