-- The calendar of each job: one row a job or, for a job that runs per campaign, one row a campaign.
create or replace view job_calendar as
select
  j.name as job,
  coalesce(c.name, '') as subject,
  coalesce(c.timezone, j.timezone) as timezone,
  coalesce(c.feed_at, j.run_at) as run_at,
  coalesce(c.catch_up_until, j.catch_up_until) as catch_up_until,
  coalesce(c.feed_days, j.days) as days,
  coalesce(c.skip_holidays, false) as skip_holidays,
  j.enabled and not coalesce(c.paused, false) as is_on
  from jobs as j
  left join campaigns as c on j.per_campaign
 where not j.per_campaign
    or c.id is not null;

comment on view job_calendar is
  'Due on each local day in days (ISO, 1 is Monday), unless it is a holiday to be skipped, from run_at to'
  ' catch_up_until; is_on: neither the job is switched off nor the campaign paused.';
