-- The six figures that a morning begins with.
create or replace function dashboard_figures(p_now timestamptz, p_totals jsonb, p_checks jsonb)
returns text
language sql stable set search_path from current
as $$
  with figures as (
    select
      (select coalesce(sum(t.fed), 0) from campaign_today(p_now) as t) as fed,
      (select coalesce(sum(t.cap), 0) from campaign_today(p_now) as t) as cap,
      (select coalesce(sum(p.queued), 0) from campaign_progress as p) as queued,
      (select coalesce(sum(d.waiting), 0) from dlq_summary as d) as waiting,
      (select count(*) from jsonb_array_elements(p_checks) as c where c ->> 'status' <> 'ok') as troubles,
      (select count(*) from jsonb_array_elements(p_checks) as c where c ->> 'status' = 'fail') as failures,
      jsonb_array_length(p_checks) as checks,
      (p_totals ->> 'replied')::bigint as replied,
      (p_totals ->> 'booked')::bigint as booked
  )

  select concat(
    '<ul class="figures">',
    dashboard_figure(
      format('%s<small> / %s</small>', to_char(f.fed, 'FM999,999,990'), to_char(f.cap, 'FM999,999,990')),
      'fed today', case when f.fed >= f.cap and f.cap > 0 then 'good' end, f.fed / nullif(f.cap, 0)
    ),
    dashboard_figure(to_char(f.queued, 'FM999,999,990'), 'queued for the next days'),
    dashboard_figure(to_char(f.replied, 'FM999,999,990'), 'replied, 30 days'),
    dashboard_figure(to_char(f.booked, 'FM999,999,990'), 'booked, 30 days'),
    dashboard_figure(
      to_char(f.waiting, 'FM999,999,990'), 'dead letters waiting', case when f.waiting > 0 then 'warn' end
    ),
    dashboard_figure(
      coalesce(nullif(f.troubles, 0), f.checks)::text,
      case when f.troubles > 0 then format('of %s checks need a look', f.checks) else 'checks, all pass' end,
      case when f.failures > 0 then 'fail' when f.troubles > 0 then 'warn' else 'good' end
    ),
    '</ul>'
  )
    from figures as f;
$$;

comment on function dashboard_figures(timestamptz, jsonb, jsonb) is
  'The key figures as a list; totals as of dashboard_totals, the checks are the rows of pipeline_health as a'
  ' JSON array.';
