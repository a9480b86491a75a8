-- What gave up and waits for somebody.
create or replace function health_of_dead_letters()
returns table (check_name text, status text, detail text, hint text)
language sql
stable
set search_path from current
as $$
  select
    'dead_letters',
    case when count(*) = 0 then 'ok' else 'warn' end,
    case
      when count(*) = 0 then 'none waiting'
      else format(
        '%s waiting (%s), the oldest since %s',
        counted(sum(q.waiting)::bigint, 'dead letter'),
        string_agg(format('%s %s', q.waiting, q.source), ', ' order by q.waiting desc, q.source),
        local_time(min(q.oldest_at), (select z.timezone from funnel_zone as z))
      )
    end,
    case when count(*) > 0 then 'Read dlq_summary: it says by reason how many, and what to do about them.' end
    from (
      select s.source, sum(s.waiting) as waiting, min(s.oldest_at) as oldest_at
        from dlq_summary as s
       group by s.source
    ) as q;
$$;

comment on function health_of_dead_letters() is 'Check dead_letters: warns while any wait.';

revoke all on function health_of_dead_letters() from public;
