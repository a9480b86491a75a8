-- Why a line went to its lead, key by key. What the lead had before the file and after it comes from
-- upload_changes, so that later files don't change the answer; which line of the file brought a key, from upload_rows.
create or replace function explain_placed(p_row upload_rows)
returns setof match_step
language sql stable set search_path from current
as $$
  with lines as (
    select o.kind, min(o.line_number) as first_line, min(o.line_number) filter (where o.has_stronger) as claiming_line
      from lines_with_keys(p_row) as o
     where o.lead_id = p_row.lead_id
     group by o.kind
  ),

  keys as (
    select
      k.strength,
      k.kind as key_kind,
      k.value as key_value,
      k.strength = min(k.strength) filter (where k.value is not null) over () as is_strongest,
      a.before,
      a.after,
      n.first_line,
      n.claiming_line
      from property_keys(p_row.mak, p_row.county_fips, p_row.apn, p_row.addr_hash) as k
      join keys_around_merge(p_row.upload_id, p_row.lead_id) as a on a.kind = k.kind
      left join lines as n on n.kind = k.kind
  ),

  judged as (
    select
      k.*,
      case
        when k.key_value is null then 'no key'
        when k.before = k.key_value then 'met'
        when k.after is null then 'unknown'
        when k.after <> k.key_value then 'not taken'
        when k.first_line < p_row.line_number then 'met'
        else 'key gained'
      end as decision
      from keys as k
  )

  select
    j.key_kind,
    j.key_value,
    case when j.key_value is not null then p_row.lead_id end,
    case j.decision
      when 'no key' then 'the line has none of this kind, or none that is a key'
      when 'unknown' then case
        when exists (select from leads as l where l.id = p_row.lead_id) then 'the lead has no such key any more'
        else 'the lead is gone, and with it what it had'
      end
      when 'not taken' then concat(
        'a lead''s key is gained, never replaced: it has another of this kind, ', j.after,
        case
          when j.is_strongest
            then format('; line %s of the file claims this one for it by a stronger key', j.claiming_line)
        end
      )
      when 'met' then
        case
          when j.before = j.key_value then 'the lead had it before the file'
          else format('line %s of the file brought it to the lead', j.first_line)
        end
      else
        case
          when not j.is_strongest then 'nobody had it: it goes to the owner of the line''s strongest key'
          when p_row.outcome = 'new' then 'nobody had it: the strongest key of the line makes a lead'
          when j.claiming_line > p_row.line_number
            then format('nobody had it: line %s of the file claims it for the lead by a stronger key', j.claiming_line)
          else 'nobody had it: a weaker key names a lead that has none of this kind'
        end
    end,
    j.decision
    from judged as j
   order by j.strength;
$$;

comment on function explain_placed(upload_rows) is
  'The steps of a line that made or met a lead, strongest key first. decision: met, key gained, not taken, no key;'
  ' unknown where the lead has lost the key since, or is gone.';
