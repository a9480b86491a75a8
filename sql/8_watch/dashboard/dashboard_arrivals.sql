-- The last ten arrivals: files that were taken or refused, and messages that were refused before their sender was
-- known, which left only an event.
create or replace function dashboard_arrivals(p_now timestamptz)
returns table (received_at timestamptz, name text, source text, rows_read int, parts text, status text, outcome text)
language sql stable set search_path from current
as $$
  (
    select
      u.received_at,
      coalesce(u.file_name, 'without a name'),
      u.source,
      u.rows_read,
      concat_ws(
        ', ',
        to_char(nullif(u.rows_new, 0), 'FM999,999,999') || ' new',
        to_char(nullif(u.rows_merged, 0), 'FM999,999,999') || ' merged',
        to_char(nullif(u.rows_duplicate, 0), 'FM999,999,999') || ' duplicate',
        to_char(nullif(u.rows_rejected, 0), 'FM999,999,999') || ' rejected',
        to_char(nullif(u.rows_quarantined, 0), 'FM999,999,999') || ' quarantined'
      ),
      u.status::text,
      coalesce(u.outcome, u.status::text)
      from upload_summary as u
     where u.received_at <= p_now
       and u.redrive_of is null
     order by u.received_at desc
     limit 10
  )
  union all
  (
    select
      e.occurred_at,
      'refused before it was read',
      coalesce(e.source, 'unknown sender'),
      0,
      '',
      'refused',
      coalesce(e.detail ->> 'outcome', 'refused')
      from pipeline_events as e
     where e.stage = 'refused'
       and e.upload_id is null
       and e.occurred_at > p_now - interval '30 days'
       and e.occurred_at <= p_now
     order by e.occurred_at desc
     limit 10
  )
  order by 1 desc
  limit 10;
$$;

comment on function dashboard_arrivals(timestamptz) is
  'The last ten files and refused messages, newest first, without rows that were redriven; parts: what became of the'
  ' rows, as text; status done, refused, reverted or receiving.';
