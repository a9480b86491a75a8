-- How each vendor's API answered, day by day, out of the events that carry its name. The last 60 local days:
-- the block range index on the time leaves the rest of the events unread.
create or replace view api_daily as
select
  (e.occurred_at at time zone z.timezone)::date as day,
  e.service,
  count(*) as calls,
  count(*) filter (where e.http_status between 200 and 299) as http_2xx,
  count(*) filter (where e.http_status = 429) as http_429,
  count(*) filter (where e.http_status between 500 and 599) as http_5xx,
  count(*) filter (where e.http_status is null) as unanswered,
  percentile_disc(0.5) within group (order by e.duration_ms) as median_ms,
  percentile_disc(0.95) within group (order by e.duration_ms) as p95_ms
  from pipeline_events as e
 cross join funnel_zone as z
 where e.stage = 'api'
   and e.service is not null
   and e.occurred_at >= (
     select (date_trunc('day', clock_timestamp() at time zone f.timezone) - interval '59 days') at time zone f.timezone
       from funnel_zone as f
   )
 group by 1, 2;

comment on view api_daily is
  'Calls of each service by local day in the zone of the campaign default, the last 60 days. Statuses that'
  ' are in no column of their own are the rest of calls. Durations in milliseconds, over the calls that have'
  ' one.';

grant select on api_daily to pipeline_reader;
