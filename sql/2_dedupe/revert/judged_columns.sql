-- The columns that an upload changed in leads it met, each with the reason why it must stay: a later upload or a
-- session changed it again, or it is a key by which a later upload met the lead.
create or replace function judged_columns(p_upload_id uuid)
returns table (lead_id uuid, column_name text, before jsonb, after jsonb, changed_again_by uuid, reason text)
language sql stable set search_path from current
set enable_nestloop = off
as $$
  with changes as materialized (
    select c.lead_id, a.key as column_name, c.before -> a.key as before, a.value as after
      from upload_changes as c
     cross join jsonb_each(c.after) as a
     where c.upload_id = p_upload_id
       and c.before -> a.key is distinct from a.value -- the second round may have undone what the first one did
  ),

  later as materialized (
    select n.id, n.merge_number
      from uploads as u
      join uploads as n on n.merge_number > u.merge_number and n.status = 'done'
     where u.id = p_upload_id
  ),

  changes_again as (
    select distinct on (x.lead_id, a.name) x.lead_id, a.name, n.id
      from later as n
      join upload_changes as x on x.upload_id = n.id
     cross join jsonb_object_keys(x.after) as a (name)
     order by x.lead_id, a.name, n.merge_number
  ),

  meetings as (
    select distinct on (l.id, k.kind) l.id as lead_id, k.columns, n.id
      from later as n
      join upload_rows as r on r.upload_id = n.id
      join leads as l on l.id = r.lead_id
     cross join property_keys(l.mak, l.county_fips, l.apn, l.addr_hash) as k
      join property_keys(r.mak, r.county_fips, r.apn, r.addr_hash) as o on o.kind = k.kind and o.value = k.value
     where r.lead_id = any(array(
       select c.lead_id
         from changes as c
        where c.column_name in (select unnest(p.columns) from property_keys(null, null, null, null) as p)
     ))
     order by l.id, k.kind, n.merge_number
  )

  select
    c.lead_id,
    c.column_name,
    c.before,
    c.after,
    a.id,
    case
      when a.id is not null then format('changed again by upload %s', a.id)
      when mergeable_columns(l) -> c.column_name is distinct from c.after then 'changed again since'
      when m.id is not null then format('upload %s met the lead by this key', m.id)
    end
    from changes as c
    join leads as l on l.id = c.lead_id
    left join changes_again as a on a.lead_id = c.lead_id and a.name = c.column_name
    left join meetings as m on m.lead_id = c.lead_id and c.column_name = any(m.columns)
   where l.id = any(array(select o.lead_id from changes as o));
$$;

comment on function judged_columns(uuid) is
  'One row a lead and column that the upload changed: its value before and after, the later upload that changed it'
  ' again, and the reason why it stays; null: it goes back.';
