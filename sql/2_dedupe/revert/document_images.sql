-- The sealed documents of the leads that an upload changed, opened, in order of time: as it was before the upload (turn
-- 0), after it (turn 1), before each later upload that changed it, and as it is now (the last; its upload is null).
create or replace function document_images(p_upload_id uuid)
returns table (lead_id uuid, turn bigint, upload_id uuid, document jsonb)
language sql stable set search_path from current
set enable_nestloop = off
as $$
  with changed as materialized (
    select c.lead_id, u.merge_number
      from uploads as u
      join upload_changes as c on c.upload_id = u.id
     where u.id = p_upload_id
       and c.before_pii is not null
  ),

  images as (
    select x.lead_id, x.upload_id, n.merge_number, x.before_pii as sealed
      from changed as c
      join upload_changes as x on x.lead_id = c.lead_id and x.before_pii is not null
      join uploads as n on n.id = x.upload_id and n.merge_number >= c.merge_number
    union all
    select l.id, null, null, l.pii
      from leads as l
     where l.id = any(array(select c.lead_id from changed as c))
  )

  select
    i.lead_id,
    row_number() over (partition by i.lead_id order by i.merge_number) - 1,
    i.upload_id,
    case
      when i.sealed is not null then convert_from(unseal(k.key, 'leads.pii/' || i.lead_id, i.sealed), 'UTF8')::jsonb
      else '{}'
    end
    from images as i
    left join key_ring() as k on k.version = sealed_version(i.sealed);
$$;

comment on function document_images(uuid) is
  'lead_id, turn from 0, upload_id (whose before-image it is; null: now), the opened document.';
