-- The keys that a lead had before an upload and after it. What an upload changed says what was there before, so the
-- first upload from this one on that changed a key tells how it was; where none did, it is as it is today.
create or replace function keys_around_merge(p_upload_id uuid, p_lead_id uuid)
returns table (kind text, before text, after text)
language sql stable set search_path from current
as $$
  with changes as (
    select c.before, c.after, n.merge_number > u.merge_number as is_later, n.merge_number
      from uploads as u
      join uploads as n on n.merge_number >= u.merge_number
      join upload_changes as c on c.upload_id = n.id and c.lead_id = p_lead_id
     where u.id = p_upload_id
  ),

  -- of several for one column the last written holds: the first merge's
  found as (
    select
      jsonb_object_agg(b.key, b.value order by c.merge_number desc) as before,
      jsonb_object_agg(b.key, b.value order by c.merge_number desc) filter (where c.is_later) as after
      from changes as c
     cross join jsonb_each(c.before) as b
  ),

  today as (
    select mergeable_columns(l) as columns from leads as l where l.id = p_lead_id
  ),

  around as (
    select
      case when not exists (
        select
          from upload_rows as r
         where r.upload_id = p_upload_id
           and r.lead_id = p_lead_id
           and r.outcome = 'new'
      ) then coalesce(t.columns, '{}') || coalesce(f.before, '{}') end as before,
      coalesce(t.columns, '{}') || coalesce(f.after, '{}')
        || coalesce((select c.after from changes as c where not c.is_later), '{}') as after
      from found as f
      left join today as t on true
  )

  select k.kind, b.value, k.value
    from around as a
   cross join property_keys(a.after ->> 'mak', a.after ->> 'county_fips', a.after ->> 'apn', a.after ->> 'addr_hash') as k
    join property_keys(a.before ->> 'mak', a.before ->> 'county_fips', a.before ->> 'apn', a.before ->> 'addr_hash') as b
      on b.kind = k.kind;
$$;

comment on function keys_around_merge(uuid, uuid) is
  'Three rows: mak, fips_apn, address of a lead before and after an upload; null: none, or not known any more'
  ' since the lead is gone. before is null for a lead that the upload made.';
