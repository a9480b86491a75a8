-- What is due at a moment and was not done on its local day. A failed job is due again until its limit.
create or replace function due_jobs(p_now timestamptz)
returns table (job text, subject text, day date)
language sql stable set search_path from current
as $$
  select k.job, k.subject, d.day
    from job_calendar as k
   cross join lateral local_day(p_now, k.timezone) as d (day)
   cross join lateral due_window(k.timezone, k.days, k.run_at, k.catch_up_until, k.skip_holidays, d.day) as w
   where k.is_on
     and not w.is_holiday
     and p_now >= w.opens_at
     and p_now < w.closes_at
     and not exists (
       select
         from job_runs as r
        where r.job = k.job
          and r.subject = k.subject
          and r.day = d.day
          and r.status = 'done'
     )
   order by k.run_at, k.job, k.subject;
$$;

comment on function due_jobs(timestamptz) is
  'A row for each job, subject (a campaign''s name, or empty) and local day that is due and not done, in the order in'
  ' which to do them.';
