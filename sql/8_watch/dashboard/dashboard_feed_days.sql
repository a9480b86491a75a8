-- The last 30 local days as the feed saw them. A day without a row in the ledger has a cap only if something
-- was due after the first feed ever; before that there was nothing to miss.
create or replace function dashboard_feed_days(p_now timestamptz)
returns table (day date, cap bigint, fed bigint)
language sql stable set search_path from current
as $$
  select
    d.day,
    coalesce(sum(
      case
        when l.day < t.day then l.cap
        when l.day is not null then greatest(t.cap, l.fed)
        when extract(isodow from d.day) = any(c.feed_days)
          and not c.paused
          and d.day >= coalesce(b.day, t.day)
          then c.daily_cap
      end
    ), 0),
    coalesce(sum(l.fed), 0)
    from campaign_today(p_now) as t
    join campaigns as c on c.id = t.campaign_id
   cross join lateral (select min(f.day) as day from campaign_days as f where f.campaign_id = c.id) as b
   cross join lateral (select t.day - a.days_ago as day from generate_series(0, 29) as a (days_ago)) as d
    left join campaign_days as l on l.campaign_id = c.id and l.day = d.day
   group by d.day;
$$;

comment on function dashboard_feed_days(timestamptz) is
  'Cap and fed of all campaigns for each of the last 30 local days; cap 0: nothing was to be fed.';
