-- How each campaign stands on its own local day: what the cap leaves, and how many leads stand where. The cap is that
-- of cap_of_day, said again here since whoever reads a view calls its functions by his own rights.
create or replace view campaign_progress as
with today as (
  select
    c.id,
    c.name,
    c.paused,
    c.daily_cap,
    c.timezone,
    (clock_timestamp() at time zone c.timezone)::date as day
    from campaigns as c
),

capped as (
  select
    t.*,
    greatest(t.daily_cap - coalesce((
      select sum(d.fed)
        from campaign_days as d
       where d.campaign_id = t.id
         and d.day between t.day - 2 and t.day + 2
         and d.day <> t.day
         and (d.last_fed_at at time zone t.timezone)::date = t.day
    ), 0), 0)::int as cap
    from today as t
),

standing as (
  select
    l.campaign_id,
    count(*) filter (where l.campaign_status = 'queued') as queued,
    count(*) filter (where l.campaign_status = 'active') as active,
    count(*) filter (where l.campaign_status = 'replied') as replied,
    count(*) filter (where l.campaign_status = 'booked') as booked
    from leads as l
   where l.campaign_status in ('queued', 'active', 'replied', 'booked')
   group by l.campaign_id
)

select
  t.name as campaign,
  t.day,
  t.cap,
  coalesce(d.fed, 0) as fed,
  greatest(t.cap - coalesce(d.fed, 0), 0) as remaining,
  coalesce(s.queued, 0) as queued,
  coalesce(s.active, 0) as active,
  coalesce(s.replied, 0) as replied,
  coalesce(s.booked, 0) as booked,
  t.paused
  from capped as t
  left join campaign_days as d on t.id = d.campaign_id and t.day = d.day
  left join standing as s on t.id = s.campaign_id;

comment on view campaign_progress is
  'A row a campaign: its local day, the cap that holds on it (daily_cap, less what a change of zone takes off), how'
  ' many were fed and may still be; how many leads stand in a state now; paused: whether the campaign is.';

grant select on campaign_progress to pipeline_reader;
