-- The leads that later uploads met, unless these are reverted, each with the first such upload: for nothing to stay, it
-- has to be reverted before this one.
create or replace function met_later(p_upload_id uuid)
returns table (lead_id uuid, reason text)
language sql stable set search_path from current
set enable_nestloop = off
as $$
  select r.lead_id, format('upload %s', (array_agg(n.id order by n.merge_number))[1])
    from uploads as u
    join uploads as n on n.merge_number > u.merge_number and n.status = 'done'
    join upload_rows as r on r.upload_id = n.id
   where u.id = p_upload_id
     and r.lead_id is not null
   group by r.lead_id;
$$;

comment on function met_later(uuid) is 'One row a lead; reason: upload and the id of the first that met it.';
