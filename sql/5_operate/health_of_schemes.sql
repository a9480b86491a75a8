-- Where no time is signed, a captured message can be sent again at any time, and only the replay guard stops it.
-- Nobody here can change how a vendor signs: it is said, not warned of.
create or replace function health_of_schemes()
returns table (check_name text, status text, detail text, hint text)
language sql
stable
set search_path from current
as $$
  select
    'signing_schemes',
    'ok',
    coalesce(
      'no time is signed, guarded by the replay guard alone: '
      || string_agg(format('%s (%s)', w.source, w.scheme), ', ' order by w.source),
      'every source that signs signs the time'
    ),
    null
    from webhook_sources as w
    join webhook_schemes as s on s.scheme = w.scheme
   where s.timestamp_header is null;
$$;

comment on function health_of_schemes() is
  'Check signing_schemes: names the sources whose messages carry no signed time. Always ok.';

revoke all on function health_of_schemes() from public;
