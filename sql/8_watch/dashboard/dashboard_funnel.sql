-- The funnel as a table with bars: sums of funnel_daily. A share may pass 100 % where a stage draws on leads
-- that came before these 30 days.
create or replace function dashboard_funnel(p_totals jsonb)
returns text
language sql immutable set search_path from current
as $$
  with stages as (
    select s.place, s.stage, (p_totals ->> s.name)::numeric as leads
      from (
        values
          (1, 'Rows received', 'rows_received'), (2, 'New leads', 'leads_new'), (3, 'Verified', 'verified'),
          (4, 'Consented', 'consented'), (5, 'Queued', 'queued'), (6, 'Fed', 'fed'), (7, 'Delivered', 'delivered'),
          (8, 'Replied', 'replied'), (9, 'Booked', 'booked')
      ) as s (place, stage, name)
  ),

  shares as (
    select
      s.place,
      s.stage,
      s.leads,
      s.leads / nullif(max(s.leads) over (), 0) as of_all,
      s.leads / nullif(lag(s.leads) over (order by s.place), 0) as of_before
      from stages as s
  )

  select concat(
    '<table class="stages"><thead><tr><th scope="col">Stage</th><th scope="col" class="n">Leads</th>',
    '<th scope="col" class="n">of the stage before</th><td aria-hidden="true"></td></tr></thead><tbody>',
    string_agg(
      format(
        '<tr><th scope="row">%s</th><td class="n">%s</td><td class="n quiet">%s</td>'
        '<td class="bar" aria-hidden="true">%s</td></tr>',
        s.stage,
        to_char(s.leads, 'FM999,999,999,990'),
        coalesce(to_char(100 * s.of_before, 'FM999,990.0') || ' %', '–'),
        case when s.leads > 0 then format('<i style="width:%s%%"></i>', round(100 * s.of_all, 2)) end
      ),
      '' order by s.place
    ),
    '</tbody></table>'
  )
    from shares as s;
$$;

comment on function dashboard_funnel(jsonb) is 'What dashboard_totals gives as an HTML table.';
