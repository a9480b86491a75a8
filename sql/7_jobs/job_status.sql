-- How each job stands: its last run, and when it is due next.
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
    select (d.day + k.run_at) at time zone k.timezone as due_at
      from (
        select (clock_timestamp() at time zone k.timezone)::date + a.days_ahead as day
          from generate_series(0, 14) as a (days_ahead)
      ) as d
     where extract(isodow from d.day) = any(k.days)
       and clock_timestamp() < (d.day + k.catch_up_until) at time zone k.timezone
       and not (k.skip_holidays and exists (select from holidays as h where h.day = d.day))
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
  'A row a job, or a job and campaign (subject): its last local day and how that stands, the last failure,'
  ' and when it is due next; a time that has passed: it is due now. next_due_at is empty for a job switched'
  ' off or a paused campaign.';

grant select on job_status to pipeline_reader;
