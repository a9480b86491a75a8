-- Brokers and tools read the contactable leads as they were at the last refresh.
create or replace function health_of_contactable(p_now timestamptz)
returns table (check_name text, status text, detail text, hint text)
language sql stable set search_path from current
as $$
  select
    'contactable_leads',
    case when r.refreshed_at > p_now - interval '26 hours' then 'ok' else 'warn' end,
    coalesce('refreshed ' || local_time(r.refreshed_at, z.timezone), 'never refreshed by its job'),
    case
      when (r.refreshed_at > p_now - interval '26 hours') is not true
        then 'Due every day: call run_due_jobs() from pg_cron, n8n or cron every few minutes.'
    end
    from funnel_zone as z
   cross join (
     select max(j.finished_at) as refreshed_at
       from job_runs as j
      where j.job = 'refresh_contactable_leads'
        and j.status = 'done'
   ) as r;
$$;

comment on function health_of_contactable(timestamptz) is
  'Check contactable_leads: warns if the job that refreshes them was not done within 26 hours.';
