-- Takes an upload out of the sealed documents of the leads it met, and its contacts out of lead_contacts. A value that
-- was changed again stays and is listed; it is taken out of the before-images of later uploads too, so that the two
-- can be reverted in any order.
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
  with judged as materialized (
    select j.*, rtrim(j.name, 's') as channel from judged_documents(p_upload_id) as j
  ),

  listed as (
    insert into upload_remains (upload_id, lead_id, what, reason)
    select p_upload_id, r.lead_id, concat_ws(' ', case when r.item is null then r.name else r.channel end, r.place), r.reason
      from (
        select
          j.lead_id, j.name, j.channel, j.item, j.reason,
          -- once those before it are taken out
          j.place - count(*) filter (where j.reason is null) over (partition by j.lead_id, j.name order by j.place) as place
          from judged as j
         where j.upload_id is null
           and (j.item is null or j.place is not null)
      ) as r
     where r.reason is not null
  ),

  taken_out as (
    delete from lead_contacts as k
     using judged as j
     where j.upload_id is null
       and j.reason is null
       and k.lead_id = j.lead_id
       and k.channel = j.channel
       and k.position = j.place
  ),

  goes_back as materialized (
    select
      j.lead_id,
      j.upload_id,
      coalesce(jsonb_object_agg(j.name, j.before) filter (where j.item is null), '{}') as fields,
      array_agg(j.item) filter (where j.name = 'phones') as phones,
      array_agg(j.item) filter (where j.name = 'emails') as emails
      from judged as j
     where j.reason is null
     group by j.lead_id, j.upload_id
  ),

  sealed as (
    select b.*, c.before_pii as pii
      from goes_back as b
      join upload_changes as c on c.upload_id = b.upload_id and c.lead_id = b.lead_id
    union all
    select b.*, l.pii
      from goes_back as b
      join leads as l on l.id = b.lead_id
     where b.upload_id is null
       and l.id = any(array(select o.lead_id from goes_back as o))
  ),

  documents as materialized (
    select
      s.lead_id,
      s.upload_id,
      seal(v_key, v_version, o.context, convert_to(reverted_document(
        convert_from(unseal(k.key, o.context, s.pii), 'UTF8')::jsonb, s.fields, s.phones, s.emails
      )::text, 'UTF8')) as pii
      from sealed as s
      join key_ring() as k on k.version = sealed_version(s.pii)
     cross join lateral (select 'leads.pii/' || s.lead_id as context) as o
  ),

  rebased as (
    update upload_changes as c
       set before_pii = d.pii
      from documents as d
     where c.upload_id = d.upload_id
       and c.lead_id = d.lead_id
  ),

  restored as (
    update leads as l
       set pii = d.pii,
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
