-- How much of the day's cap is used, campaign by campaign.
create or replace function health_of_feed(p_now timestamptz)
returns table (check_name text, status text, detail text, hint text)
language sql
stable
set search_path from current
as $$
  select
    'feed',
    case when bool_and(not t.paused) then 'ok' else 'warn' end,
    coalesce(
      string_agg(
        format('%s: %s of %s fed today%s', t.name, t.fed, t.cap, case when t.paused then ', paused' end),
        '; ' order by t.name
      ),
      'there is no campaign'
    ),
    case
      when count(*) = 0 then 'Nothing is ever fed: insert into campaigns (name) values (''default'');'
      when bool_or(t.paused) then 'A paused campaign feeds nothing: set campaigns.paused to false when it may go on.'
    end
    from campaign_today(p_now) as t;
$$;

comment on function health_of_feed(timestamptz) is
  'Check feed: cap and fed of the day; warns of paused campaigns, or if there is none.';

revoke all on function health_of_feed(timestamptz) from public;
