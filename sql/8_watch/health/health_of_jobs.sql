-- Whether the day's jobs ran. A job counts as missed when the limit of its last due day has passed without a done run
-- since. One that never ran is reported as such: the installation is new, or nothing calls run_due_jobs.
create or replace function health_of_jobs(p_now timestamptz)
returns table (check_name text, status text, detail text, hint text)
language sql stable set search_path from current
as $$
  with missed as (
    select
      btrim(k.job || ' ' || k.subject) as what,
      max(d.day) as day,
      exists (select from job_runs as r where r.job = k.job and r.subject = k.subject) as has_run
      from job_calendar as k
     cross join lateral (
       select local_day(p_now, k.timezone) - a.days_ago as day
         from generate_series(0, 14) as a (days_ago)
     ) as d
     cross join lateral due_window(k.timezone, k.days, k.run_at, k.catch_up_until, k.skip_holidays, d.day) as w
     where k.is_on
       and not w.is_holiday
       and w.closes_at <= p_now
       and w.opens_at > (select min(i.recorded_at) from installation as i)
     group by k.job, k.subject
    having not exists (
      select
        from job_runs as r
       where r.job = k.job
         and r.subject = k.subject
         and r.status = 'done'
         and r.day >= max(d.day)
    )
  ),

  last_runs as (
    select distinct on (r.job, r.subject) r.*
      from job_runs as r
     order by r.job, r.subject, r.day desc
  ),

  failed as (
    select
      btrim(r.job || ' ' || r.subject) as what,
      case
        when r.status = 'failed'
          then format(
            'failed on %s, %s: %s %s', r.day, counted(r.attempts, 'attempt'), r.error_code, r.error_message
          )
        else format('running for more than an hour, since %s', r.started_at)
      end as how
      from last_runs as r
     where r.status = 'failed'
        or (r.status = 'running' and r.started_at < p_now - interval '1 hour')
  )

  select
    'jobs_missed',
    case when count(*) = 0 then 'ok' when bool_or(m.has_run) then 'fail' else 'warn' end,
    case
      when count(*) = 0 then 'every job that was due ran'
      else string_agg(
        m.what || case when m.has_run then ' did not run on ' || m.day else ' has never run' end,
        '; ' order by m.what
      )
    end,
    case when count(*) > 0 then 'Does pg_cron, n8n or cron still send: call run_due_jobs(), every few minutes?' end
    from missed as m
  union all
  select
    'jobs_failed',
    case when count(*) = 0 then 'ok' else 'fail' end,
    case
      when count(*) = 0 then 'no job''s last run failed'
      else string_agg(f.what || ' ' || f.how, '; ' order by f.what)
    end,
    case when count(*) > 0 then 'Mend what the error names: it is tried again until its limit, see job_status.' end
    from failed as f;
$$;

comment on function health_of_jobs(timestamptz) is
  'Checks jobs_missed (fails if a due day passed without a done run, warns if it never ran) and jobs_failed'
  ' (fails if the last run of a job failed or does not end).';
