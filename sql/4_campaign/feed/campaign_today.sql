-- Each campaign's own local day: the cap that holds on it, and how many leads were fed.
--
-- Security definer: the view campaign_progress calls it by its reader's rights, and shows no more than this.
create or replace function campaign_today()
returns table (campaign_id bigint, name text, paused boolean, day date, cap int, fed int)
language sql stable security definer set search_path from current
as $$
  select * from campaign_today(clock_timestamp());
$$;

-- The same at a given time.
create or replace function campaign_today(p_now timestamptz)
returns table (campaign_id bigint, name text, paused boolean, day date, cap int, fed int)
language sql stable set search_path from current
as $$
  select
    c.id,
    c.name,
    c.paused,
    l.day,
    cap_of_day(c, l.day),
    coalesce(d.fed, 0)
    from campaigns as c
   cross join lateral (select local_day(p_now, c.timezone) as day) as l
    left join campaign_days as d on d.campaign_id = c.id and d.day = l.day;
$$;

comment on function campaign_today() is
  'A row a campaign: its local day, the cap that holds on it as of cap_of_day, how many leads were fed. Read the view'
  ' campaign_progress.';
comment on function campaign_today(timestamptz) is 'campaign_today at a given time.';

grant execute on function campaign_today() to pipeline_reader;
