-- Why the keys of a quarantined line contradict one another: they had two owners; or one lead had a weaker key of it
-- and another value of its stronger key, which then would make another lead.
create or replace function explain_conflict(p_row upload_rows)
returns text
language sql stable set search_path from current
as $$
  with steps as materialized (
    select s.*, k.strength, k.label
      from explain_set_aside(p_row) as s
      join property_keys(null, null, null, null) as k on k.kind = s.key_kind
  ),

  facts as (
    select
      count(distinct s.lead_id) as owners,
      min(s.lead_id::text)::uuid as lead_id,
      (array_agg(s.label order by s.strength) filter (where s.decision = 'met nobody'))[1] as unmet,
      string_agg(s.label, ' and its ' order by s.strength) filter (where s.lead_id is not null) as met
      from steps as s
  ),

  others as (
    select string_agg(format('%s %s', k.label, k.value), ', ' order by k.strength) as has
      from leads as l
     cross join property_keys(l.mak, l.county_fips, l.apn, l.addr_hash) as k
      join steps as s on s.key_kind = k.kind and s.key_value <> k.value
     where l.id = (select f.lead_id from facts as f)
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
