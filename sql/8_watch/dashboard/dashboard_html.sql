-- The page for every morning: one file, no script, nothing loaded from elsewhere.
--
-- Security definer: its parts read tables that a reader may not, and show only counts, names and times.
create or replace function dashboard_html()
returns text
language sql stable security definer set search_path from current
as $$
  select dashboard_html(clock_timestamp());
$$;

-- Puts the page together. It and all its parts are stable: every number comes from the snapshot of the one
-- statement that asked. Health and totals are asked once, though shown twice. The queries are many and short:
-- compiling them would take longer than running them, hence jit off.
create or replace function dashboard_html(p_now timestamptz)
returns text
language sql stable set search_path from current
set jit to off
as $$
  select dashboard_page(
    'Lead funnel',
    concat_ws(
      e'\n',
      dashboard_header(p_now),
      dashboard_figures(p_now, t.totals, h.checks),
      '<div class="column">',
      dashboard_section(
        'funnel', 'Funnel', 'Leads that reached each stage, last 30 days', dashboard_funnel(t.totals)
      ),
      dashboard_section(
        'uploads', 'Last uploads', 'What arrived and what became of it', dashboard_uploads(p_now)
      ),
      dashboard_section(
        'services', 'Vendors', 'How they answered, last 30 days; p95: the slowest day''s', dashboard_services(p_now)
      ),
      '</div><div class="column">',
      dashboard_section('feed', 'Fed per day', 'Against the cap, last 30 days', dashboard_feed(p_now)),
      dashboard_section('campaigns', 'Campaigns', 'Today, each in its own zone', dashboard_campaigns(p_now)),
      dashboard_section('health', 'Health', 'What needs somebody comes first', dashboard_health(h.checks)),
      '</div>'
    )
  )
    from (select jsonb_agg(c) as checks from pipeline_health(p_now) as c) as h
   cross join (select dashboard_totals(p_now) as totals) as t;
$$;

comment on function dashboard_html() is
  'The dashboard as one HTML document: psql -XAtc ''select dashboard_html()'' > dashboard.html.';
comment on function dashboard_html(timestamptz) is 'dashboard_html at a given time.';

grant execute on function dashboard_html() to pipeline_reader;
