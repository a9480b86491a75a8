-- How much of the day's cap is used, campaign by campaign. No job queues leads, since which campaign a lead goes to is
-- somebody's decision: so a campaign whose queue is empty while it could have leads is said.
create or replace function health_of_feed(p_now timestamptz)
returns table (check_name text, status text, detail text, hint text)
language sql
stable
set search_path from current
as $$
  with today as (
    select
      t.*,
      not t.paused
      and t.fed < t.cap
      and not exists (select from leads as q where q.campaign_status = 'queued' and q.campaign_id = t.campaign_id)
      and exists (select from still_contactable as s where s.campaign = t.name and s.campaign_status = 'new') as is_idle
      from campaign_today(p_now) as t
  )

  select
    'feed',
    case when bool_and(not t.paused and not t.is_idle) then 'ok' else 'warn' end,
    coalesce(
      string_agg(
        format(
          '%s: %s of %s fed today%s', t.name, t.fed, t.cap,
          case when t.paused then ', paused' when t.is_idle then ', nobody queued' end
        ),
        '; ' order by t.name
      ),
      'there is no campaign'
    ),
    case
      when count(*) = 0 then 'Nothing is ever fed: insert into campaigns (name) values (''default'');'
      when bool_or(t.is_idle) then 'Contactable leads are new and wait: select queue_leads(campaign), before each feed.'
      when bool_or(t.paused) then 'A paused campaign feeds nothing: set campaigns.paused to false when it may go on.'
    end
    from today as t;
$$;

comment on function health_of_feed(timestamptz) is
  'Check feed: cap and fed of the day; warns of paused campaigns, of those with an empty queue though leads'
  ' are new and contactable as of the last refresh, or if there is no campaign.';

revoke all on function health_of_feed(timestamptz) from public;
