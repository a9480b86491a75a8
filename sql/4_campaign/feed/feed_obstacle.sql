-- Why a campaign is not to be fed at a moment, by its own zone's clock: its pause, its days, its hours, the holidays.
create or replace function feed_obstacle(p_campaign campaigns, p_now timestamptz)
returns text
language sql
stable
set search_path from current
as $$
  select case
    when p_campaign.paused then 'paused'
    when extract(isodow from t.day)::int <> all(p_campaign.feed_days) then 'not_due'
    when p_campaign.skip_holidays and exists (select from holidays as h where h.day = t.day) then 'holiday'
    when not is_within_day(p_now, p_campaign.timezone, p_campaign.feed_at, p_campaign.catch_up_until) then 'not_due'
  end
    from (select (p_now at time zone p_campaign.timezone)::date as day) as t;
$$;

comment on function feed_obstacle(campaigns, timestamptz) is 'paused, holiday or not_due; null when the feed is due.';
