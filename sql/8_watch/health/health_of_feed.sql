-- How much of the day's cap is used, campaign by campaign. No job queues leads, since a person decides which campaign a
-- lead goes to; so a campaign with an empty queue is reported if it could have leads.
--
-- Only the best new leads are looked at, through the indexes that queue_leads uses: where none is contactable, looking
-- at all of them for each campaign would take minutes.
create or replace function health_of_feed(p_now timestamptz)
returns table (check_name text, status text, detail text, hint text)
language sql stable set search_path from current
as $$
  with best as materialized (
    (
      select l.id
        from leads as l
       where l.campaign_status = 'new'
         and l.consent
       order by l.lead_score desc nulls last, l.created_at, l.id
       limit 1000
    )
    union
    (
      select l.id
        from leads as l
       where l.campaign_status = 'new'
         and (l.phone_verified or l.email_verified)
       order by l.lead_score desc nulls last, l.created_at, l.id
       limit 1000
    )
  ),

  today as materialized (
    select
      t.*,
      not t.paused
      and t.fed < t.cap
      and not exists (select from leads as q where q.campaign_status = 'queued' and q.campaign_id = t.campaign_id)
      and exists (
        select
          from best as b
         where (select true from mv_contactable_leads as m where m.lead_id = b.id and m.campaign_id = t.campaign_id)
           and (select true from contactable as c where c.lead_id = b.id and c.campaign_id = t.campaign_id)
      ) as is_idle
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
  'Check feed: cap and fed of the day; warns of paused campaigns, of those with an empty queue though one of the best'
  ' 1,000 new leads, of those with consent or verified, is contactable, now and as of the last refresh, or if there is'
  ' no campaign.';
