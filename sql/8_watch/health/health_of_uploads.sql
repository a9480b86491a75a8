-- What was refused lately, by outcome, known senders and unknown ones alike: counted from the events.
create or replace function health_of_uploads(p_now timestamptz)
returns table (check_name text, status text, detail text, hint text)
language sql stable set search_path from current
as $$
  select
    'refused_uploads',
    case when sum(r.refused) > 0 then 'warn' else 'ok' end,
    case
      when sum(r.refused) > 0 then format(
        '%s in %s: %s',
        counted(sum(r.refused)::bigint, 'upload refused', 'uploads refused'),
        setting('health_window'),
        string_agg(format('%s %s', r.refused, r.outcome), ', ' order by r.refused desc, r.outcome)
      )
      else format('none refused in %s', setting('health_window'))
    end,
    case
      when sum(r.refused) > 0
        then 'bad_signature, untimely: check the sender''s secret and clock. Others: see upload_summary.message.'
    end
    from (
      select
        coalesce(e.detail ->> 'outcome', 'unknown') as outcome,
        count(*) as refused
        from pipeline_events as e
       where e.stage = 'refused'
         and e.occurred_at > p_now - setting('health_window')::interval
         and e.occurred_at <= p_now
       group by 1
    ) as r;
$$;

comment on function health_of_uploads(timestamptz) is
  'Check refused_uploads: warns of uploads refused within the setting health_window.';
