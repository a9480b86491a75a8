-- The sums of funnel_daily over the 30 local days that the page speaks of. Asked once: it reads the events.
create or replace function dashboard_totals(p_now timestamptz)
returns jsonb
language sql stable set search_path from current
as $$
  select to_jsonb(t)
    from (
      select
        coalesce(sum(f.rows_received), 0) as rows_received,
        coalesce(sum(f.leads_new), 0) as leads_new,
        coalesce(sum(f.verified), 0) as verified,
        coalesce(sum(f.consented), 0) as consented,
        coalesce(sum(f.queued), 0) as queued,
        coalesce(sum(f.fed), 0) as fed,
        coalesce(sum(f.delivered), 0) as delivered,
        coalesce(sum(f.replied), 0) as replied,
        coalesce(sum(f.booked), 0) as booked
        from funnel_daily as f
       where f.day > (select local_day(p_now, z.timezone) from funnel_zone as z) - 30
         and f.day <= (select local_day(p_now, z.timezone) from funnel_zone as z)
    ) as t;
$$;

comment on function dashboard_totals(timestamptz) is
  'Stages of funnel_daily with their sums over 30 local days up to that moment, as one JSON object; without uploads'
  ' that were reverted.';
