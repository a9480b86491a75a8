-- Why the keys of a quarantined line contradict one another: they had two owners; or one lead had a weaker key of it,
-- and something else than the line's stronger key, which then would make another lead.
create or replace function explain_conflict(p_row upload_rows)
returns text
language sql
stable
set search_path from current
as $$
  with steps as materialized (
    select s.*, k.strength, (array['MAK', 'FIPS and APN', 'address'])[k.strength] as name
      from explain_set_aside(p_row) as s
      join row_keys(p_row) as k on k.key_kind = s.key_kind
  ),

  facts as (
    select
      count(distinct s.lead_id) as owners,
      min(s.lead_id::text)::uuid as lead_id,
      (array_agg(s.name order by s.strength) filter (where s.decision = 'met nobody'))[1] as unmet,
      string_agg(s.name, ' and its ' order by s.strength) filter (where s.lead_id is not null) as met
      from steps as s
  ),

  others as (
    select string_agg(format('%s %s', s.name, h.has), ', ' order by s.strength) as has
      from steps as s
      join leads as l on l.id = (select f.lead_id from facts as f)
     cross join lateral (
       select case s.key_kind
         when 'mak' then l.mak
         when 'fips_apn' then l.county_fips || '/' || l.apn
         else l.addr_hash
       end as has
     ) as h
     where h.has <> s.key_value
  )

  select case
    when f.owners > 1 then 'its keys belong to different leads'
    when f.owners = 1 and f.unmet is not null then concat(
      format('its %s is new and would make a lead, but its %s is lead %s''s', f.unmet, f.met, f.lead_id),
      ', which has ' || o.has
    )
    else 'its keys point at different leads, made or still to be made'
  end
    from facts as f
   cross join others as o;
$$;

comment on function explain_conflict(upload_rows) is
  'In words, which keys of a quarantined line pointed where when its file was merged, and what the one lead that it met'
  ' has instead by now.';
