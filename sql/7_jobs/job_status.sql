-- The state of each job: its last run, and when it is due next.
create or replace view job_status as
select
  k.job,
  k.subject,
  r.day as last_day,
  r.status,
  r.attempts,
  r.started_at,
  r.finished_at,
  r.rows,
  r.error_code,
  r.error_message,
  case when k.is_on then n.due_at end as next_due_at
  from job_calendar as k
  left join lateral (
    select r.*
      from job_runs as r
     where r.job = k.job
       and r.subject = k.subject
     order by r.day desc
     limit 1
  ) as r on true
  left join lateral (
    -- the first local day from today on that is due, is not past its limit and has no finished run
    select w.opens_at as due_at
      from (
        select (clock_timestamp() at time zone k.timezone)::date + a.days_ahead as day
          from generate_series(0, 14) as a (days_ahead)
      ) as d
     cross join lateral due_window(k.timezone, k.days, k.run_at, k.catch_up_until, k.skip_holidays, d.day) as w
     where not w.is_holiday
       and clock_timestamp() < w.closes_at
       and not exists (
         select
           from job_runs as f
          where f.job = k.job
            and f.subject = k.subject
            and f.day = d.day
            and f.status = 'done'
       )
     order by d.day
     limit 1
  ) as n on true;

comment on view job_status is
  'A row for each job, or job and campaign (subject): the last local day it ran and with what result, and when it is'
  ' due next; a time that has passed means now. next_due_at is empty for a job that is switched off and for a paused'
  ' campaign.';

grant select on job_status to pipeline_reader;
