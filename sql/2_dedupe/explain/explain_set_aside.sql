-- Why a line went to no lead, key by key. Its dead letter keeps which leads its keys pointed to at the time.
create or replace function explain_set_aside(p_row upload_rows)
returns setof match_step
language sql stable set search_path from current
as $$
  with keys as (
    select
      k.strength,
      k.kind as key_kind,
      k.value as key_value,
      m.met,
      (m.met ->> k.kind)::uuid as lead_id,
      (
        select min(o.line_number)
          from lines_with_keys(p_row) as o
         where o.kind = k.kind
           and o.outcome = 'quarantined'
           and o.has_stronger
      ) as claiming_line
      from property_keys(p_row.mak, p_row.county_fips, p_row.apn, p_row.addr_hash) as k
      left join pipeline_dlq as q
        on q.upload_id = p_row.upload_id and q.line_number = p_row.line_number and q.source = 'upload'
     cross join lateral (select coalesce(q.payload -> 'met_first', q.payload -> 'met') as met) as m
  ),

  judged as (
    select
      k.*,
      case
        when k.key_value is null then 'no key'
        when p_row.outcome = 'rejected' then 'not looked up'
        when k.lead_id is not null then 'met'
        when k.met is null then 'unknown'
        when k.claiming_line is not null then 'claimed'
        else 'met nobody'
      end as decision
      from keys as k
  )

  select
    j.key_kind,
    j.key_value,
    j.lead_id,
    case j.decision
      when 'no key' then 'the line has none of this kind, or none that is a key'
      when 'not looked up' then 'a rejected line is not merged'
      when 'met' then 'this lead had it when the file was merged'
      when 'unknown' then 'the dead letter that knew is gone'
      when 'claimed' then format(
        'no lead had it: of the lines set aside, line %s is the first that claims it by a stronger key', j.claiming_line
      )
      else 'no lead had it, and no other line claims it by a stronger key'
    end,
    j.decision
    from judged as j
   order by j.strength;
$$;

comment on function explain_set_aside(upload_rows) is
  'The steps of a rejected or quarantined line, strongest key first. decision: met, claimed, met nobody, not looked up,'
  ' no key; unknown once the dead letter is purged.';
