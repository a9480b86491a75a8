-- The page for every morning: one file, no script, nothing loaded from elsewhere.
--
-- Security definer: its parts read tables that a reader may not, and show only counts, names and times.
create or replace function dashboard_html()
returns text
language sql
stable
security definer
set search_path from current
set debug_print_plan = off
as $$
  select dashboard_html_at(now());
$$;

comment on function dashboard_html() is
  'The dashboard as one HTML document: psql -XAtc ''select dashboard_html()'' > dashboard.html.';

revoke all on function dashboard_html() from public;
grant execute on function dashboard_html() to pipeline_reader;
