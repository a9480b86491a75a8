-- How much of a day's cap a campaign still has. A day without a row has all of it; a cap that was lowered below what is
-- fed leaves nothing.
create or replace function remaining_cap(p_campaign campaigns, p_day date)
returns int
language sql
stable
set search_path from current
as $$
  select greatest(
    cap_of_day(p_campaign, p_day)
    - coalesce((select d.fed from campaign_days as d where d.campaign_id = p_campaign.id and d.day = p_day), 0),
    0
  );
$$;

comment on function remaining_cap(campaigns, date) is 'Leads that may still be fed on a local day.';
