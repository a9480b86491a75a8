-- Each campaign's own local day at a moment: the cap that holds on it, and how many were fed.
create or replace function campaign_today(p_now timestamptz)
returns table (campaign_id bigint, name text, paused boolean, day date, cap int, fed int)
language sql
stable
set search_path from current
as $$
  select
    c.id,
    c.name,
    c.paused,
    l.day,
    greatest(cap_of_day(c, l.day), 0),
    coalesce(d.fed, 0)
    from campaigns as c
   cross join lateral (select local_day(p_now, c.timezone) as day) as l
    left join campaign_days as d on d.campaign_id = c.id and d.day = l.day;
$$;

comment on function campaign_today(timestamptz) is
  'A row a campaign: its local day at that moment, its cap as of cap_of_day, how many were fed.'
  ' campaign_progress at a given time.';
