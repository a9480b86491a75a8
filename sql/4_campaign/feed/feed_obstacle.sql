-- Why a campaign is not to be fed at a moment, by its own zone's clock: its pause, its days, its hours, the holidays.
create or replace function feed_obstacle(p_campaign campaigns, p_now timestamptz)
returns text
language sql stable set search_path from current
as $$
  select case
    when p_campaign.paused then 'paused'
    when w.opens_at is null then 'not_due'
    when w.is_holiday then 'holiday'
    when p_now < w.opens_at or p_now >= w.closes_at then 'not_due'
  end
    from local_day(p_now, p_campaign.timezone) as t (day)
    left join lateral due_window(
      p_campaign.timezone, p_campaign.feed_days, p_campaign.feed_at, p_campaign.catch_up_until,
      p_campaign.skip_holidays, t.day
    ) as w on true;
$$;

comment on function feed_obstacle(campaigns, timestamptz) is 'paused, holiday or not_due; null when the feed is due.';
