-- How many leads a campaign may feed on a local day: its daily_cap, less those that it fed within the hours of that day
-- but counted on another, in the zone that it had then. So a change of zone opens no second cap for the same hours. A
-- lead is counted at most two dates away from what another zone calls the day.
--
-- A caller that feeds by it holds the campaign, so neither zone nor cap changes meanwhile. In plpgsql, since it is
-- called once a lead: a function in SQL is planned anew at each call.
create or replace function cap_of_day(p_campaign campaigns, p_day date)
returns int
language plpgsql stable set search_path from current
as $$
begin
  return greatest(p_campaign.daily_cap - coalesce((
    select sum(d.fed)
      from campaign_days as d
     where d.campaign_id = p_campaign.id
       and d.day between p_day - 2 and p_day + 2
       and d.day <> p_day
       and local_day(d.last_fed_at, p_campaign.timezone) = p_day
  ), 0), 0);
end
$$;

comment on function cap_of_day(campaigns, date) is
  'The cap that holds on a local day. Zero if as much or more was fed within it, by another zone''s clock.';
