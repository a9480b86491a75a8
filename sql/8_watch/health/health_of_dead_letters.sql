-- Dead letters that wait for a decision, and those that are claimed at this moment: they aren't done yet.
create or replace function health_of_dead_letters()
returns table (check_name text, status text, detail text, hint text)
language sql stable set search_path from current
as $$
  select
    'dead_letters',
    case when count(*) = 0 then 'ok' else 'warn' end,
    case
      when count(*) = 0 then 'none waiting'
      else concat(
        format(
          '%s waiting (%s), the oldest since %s',
          counted(sum(q.open)::bigint, 'dead letter'),
          string_agg(format('%s %s', q.open, q.source), ', ' order by q.open desc, q.source),
          local_time(min(q.oldest_at), (select z.timezone from funnel_zone as z))
        ),
        case when sum(q.claimed) > 0 then format('; %s of them claimed', sum(q.claimed)) end,
        case when sum(q.exhausted) > 0 then format('; %s of them tried too often to be claimed', sum(q.exhausted)) end
      )
    end,
    case when count(*) > 0 then 'Read dlq_summary: it says by reason how many, and what to do about them.' end
    from (
      select
        s.source,
        sum(s.waiting + s.claimed) as open,
        sum(s.claimed) as claimed,
        sum(s.exhausted) as exhausted,
        min(s.oldest_at) as oldest_at
        from dlq_summary as s
       group by s.source
    ) as q;
$$;

comment on function health_of_dead_letters() is
  'Check dead_letters: warns while any is neither redriven nor discarded.';
