-- What is due at a moment and was not done on its local day: the jobs by their own calendar, those of campaigns by the
-- campaign's. A failed one is due again until its time is over.
create or replace function due_jobs(p_now timestamptz)
returns table (job text, subject text, day date)
language sql
stable
set search_path from current
as $$
  select d.job, d.subject, d.day
    from (
      select j.name as job, '' as subject, local_day(p_now, j.timezone) as day, j.run_at as due_at
        from jobs as j
       where j.enabled
         and not j.per_campaign
         and extract(isodow from local_day(p_now, j.timezone))::int = any(j.days)
         and is_within_day(p_now, j.timezone, j.run_at, j.catch_up_until)
      union all
      select j.name, c.name, local_day(p_now, c.timezone), c.feed_at
        from jobs as j
       cross join campaigns as c
       where j.enabled
         and j.per_campaign
         and feed_obstacle(c, p_now) is null
    ) as d
   where not exists (
     select
       from job_runs as r
      where r.job = d.job
        and r.subject = d.subject
        and r.day = d.day
        and r.status = 'done'
   )
   order by d.due_at, d.job, d.subject;
$$;

comment on function due_jobs(timestamptz) is
  'One row a job, subject (a campaign''s name, or empty) and local day that is due and not done, in the order to do'
  ' them.';
