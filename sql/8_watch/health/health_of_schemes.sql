-- Where no time is signed, a captured message can be sent again at any time, and only the replay guard stops it. The
-- operator can't change how a vendor signs, so that is reported without a warning. A scheme without a row verifies
-- nothing.
create or replace function health_of_schemes()
returns table (check_name text, status text, detail text, hint text)
language sql stable set search_path from current
as $$
  select
    'signing_schemes',
    case when f.lost is null then 'ok' else 'warn' end,
    coalesce(
      'scheme unknown: ' || f.lost,
      'no time is signed, guarded by the replay guard alone: ' || f.timeless,
      'every source that signs signs the time'
    ),
    case
      when f.lost is not null
        then 'All they send gets 401: insert the row into webhook_schemes again, or call set_signing_secret.'
    end
    from (
      select
        string_agg(n.name, ', ' order by n.name) filter (where s.scheme is null) as lost,
        string_agg(n.name, ', ' order by n.name) filter (where s.timestamp_header is null) as timeless
        from webhook_sources as w
        left join webhook_schemes as s on s.scheme = w.scheme
       cross join lateral (select format('%s (%s)', w.source, w.scheme) as name) as n
    ) as f;
$$;

comment on function health_of_schemes() is
  'Check signing_schemes: names the sources whose messages carry no signed time; warns of those whose scheme has no'
  ' row.';
