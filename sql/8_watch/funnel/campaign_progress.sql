-- How each campaign stands on its own local day: how many leads its cap leaves, and how many stand in which state.
create or replace view campaign_progress as
with standing as (
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
  t.fed,
  greatest(t.cap - t.fed, 0) as remaining,
  coalesce(s.queued, 0) as queued,
  coalesce(s.active, 0) as active,
  coalesce(s.replied, 0) as replied,
  coalesce(s.booked, 0) as booked,
  t.paused
  from campaign_today() as t
  left join standing as s on s.campaign_id = t.campaign_id;

comment on view campaign_progress is
  'A row a campaign: its local day, the cap that holds on it (daily_cap, less what a change of zone takes off), how'
  ' many were fed and may still be; how many leads stand in a state now; paused: whether the campaign is.';

grant select on campaign_progress to pipeline_reader;
