-- The zone whose days the daily figures are counted by: that of the campaign default. A view and not a
-- function, since views of a reader call it and a reader may not call the owner's functions.
create or replace view funnel_zone as
select
  coalesce(
    (select c.timezone from campaigns as c where c.name = 'default'),
    'America/Los_Angeles'
  ) as timezone;

comment on view funnel_zone is 'One row: the zone of funnel_daily, api_daily and the dashboard.';
